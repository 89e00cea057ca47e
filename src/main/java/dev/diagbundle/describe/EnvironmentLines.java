package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The environment variables of a container and their sources.
record EnvironmentLines(TabbedText text, JsonNode pod, JsonNode container) {
  private static final Set<String> UNLIMITED = Set.of("limits.cpu", "limits.memory");
  private static final Quantity ONE = new Quantity(BigDecimal.ONE, Quantity.Notation.DECIMAL);

  void render() throws IOException {
    var sources = TypedFields.items(container, "envFrom");
    if (!sources.isEmpty()) {
      text.line(2, "Environment Variables from:");
    }
    for (var source : sources) {
      source(source);
    }
    var variables = TypedFields.items(container, "env");
    if (variables.isEmpty()) {
      text.line(2, "Environment:", "<none>");
      return;
    }
    text.line(2, "Environment:");
    for (var variable : variables) {
      variable(TypedFields.text(variable, "name") + ":", variable);
    }
  }

  private void source(JsonNode source) throws IOException {
    var kind = "";
    var reference = source.path("configMapRef");
    if (reference.isObject()) {
      kind = "ConfigMap";
    } else {
      reference = source.path("secretRef");
      kind = reference.isObject() ? "Secret" : "";
    }
    var prefix = TypedFields.text(source, "prefix");
    text.line(
        3,
        TypedFields.text(reference, "name"),
        prefix.isEmpty() ? kind : kind + " with prefix '" + prefix + "'",
        optional(reference));
  }

  private void variable(String title, JsonNode variable) throws IOException {
    var from = variable.path("valueFrom");
    if (!TypedFields.has(variable, "valueFrom")) {
      var name = title;
      for (var line : TypedFields.text(variable, "value").split("\n", -1)) {
        text.line(3, name, line);
        name = "";
      }
    } else if (TypedFields.has(from, "fieldRef")) {
      var version = TypedFields.text(from, "fieldRef", "apiVersion");
      var path = TypedFields.text(from, "fieldRef", "fieldPath");
      text.line(3, title, field(path) + " (" + version + ":" + path + ")");
    } else if (TypedFields.has(from, "resourceFieldRef")) {
      var resource = TypedFields.text(from, "resourceFieldRef", "resource");
      var value = amount(resource, TypedFields.text(from, "resourceFieldRef", "divisor"));
      var shown = value.equals("0") && UNLIMITED.contains(resource) ? "node allocatable" : value;
      text.line(3, title, shown + " (" + resource + ")");
    } else if (TypedFields.has(from, "secretKeyRef")) {
      key(title, from.path("secretKeyRef"), "in secret");
    } else if (TypedFields.has(from, "configMapKeyRef")) {
      key(title, from.path("configMapKeyRef"), "of config map");
    }
  }

  private void key(String title, JsonNode reference, String where) throws IOException {
    var key = TypedFields.text(reference, "key");
    var name = TypedFields.text(reference, "name");
    text.line(
        3,
        title,
        "<set to the key '" + key + "' " + where + " '" + name + "'>",
        optional(reference));
  }

  private static String optional(JsonNode reference) {
    return "Optional: " + TypedFields.isTrue(reference, "optional");
  }

  /// The value of a field of the pod. kubectl supports these two only: its client resolves a path
  /// as a field selector, and has no rule for those of pods.
  private String field(String path) {
    return switch (path) {
      case "metadata.name" -> TypedFields.text(pod, "metadata", "name");
      case "metadata.namespace" -> TypedFields.text(pod, "metadata", "namespace");
      default -> "";
    };
  }

  /// An amount of the container's own, such as `limits.cpu`, in units of a divisor.
  private String amount(String resource, String divisor) {
    int dot = resource.indexOf('.');
    var kind = dot < 0 ? "" : resource.substring(0, dot);
    var name = resource.substring(dot + 1);
    boolean known =
        Set.of("cpu", "memory", "ephemeral-storage").contains(name)
            || name.startsWith("hugepages-");
    if (!known || !(kind.equals("limits") || kind.equals("requests"))) {
      return "";
    }
    var amount =
        Quantity.parse(TypedFields.text(container, "resources", kind, name)).orElse(Quantity.ZERO);
    var unit = Quantity.parse(divisor).filter(found -> !found.isZero()).orElse(ONE);
    return amount.dividedBy(unit, name.equals("cpu") ? 3 : 0).toString();
  }
}
