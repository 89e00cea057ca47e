package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Where a pod may run: tolerations, spread constraints, scheduling group.
final class SchedulingLines {
  private SchedulingLines() {}

  static void render(TabbedText text, JsonNode spec) throws IOException {
    MetadataLines.list(
        text,
        "Tolerations",
        JsonFields.sortedBy(JsonFields.items(spec, "tolerations"), "key").stream()
            .map(SchedulingLines::toleration)
            .toList());
    var constraints =
        JsonFields.sortedBy(JsonFields.items(spec, "topologySpreadConstraints"), "topologyKey");
    if (!constraints.isEmpty()) {
      MetadataLines.list(
          text,
          "Topology Spread Constraints",
          constraints.stream().map(SchedulingLines::constraint).toList());
    }
    if (JsonFields.has(spec, "schedulingGroup")) {
      text.line(0, "SchedulingGroup:");
      text.line(1, "PodGroupName:", JsonFields.text(spec, "schedulingGroup", "podGroupName"));
    }
  }

  private static String toleration(JsonNode toleration) {
    var value = JsonFields.text(toleration, "value");
    var effect = JsonFields.text(toleration, "effect");
    var text = new StringBuilder(JsonFields.text(toleration, "key"));
    if (!value.isEmpty()) {
      text.append('=').append(value);
    }
    if (!effect.isEmpty()) {
      text.append(':').append(effect);
    }
    if (value.isEmpty() && JsonFields.text(toleration, "operator").equals("Exists")) {
      text.append(text.isEmpty() ? "op=Exists" : " op=Exists");
    }
    if (JsonFields.has(toleration, "tolerationSeconds")) {
      long seconds = JsonFields.number(toleration, "tolerationSeconds");
      text.append(" for ").append(seconds).append('s');
    }
    return text.toString();
  }

  private static String constraint(JsonNode constraint) {
    var text =
        JsonFields.text(constraint, "topologyKey")
            + ":"
            + JsonFields.text(constraint, "whenUnsatisfiable")
            + " when max skew "
            + JsonFields.number(constraint, "maxSkew")
            + " is exceeded";
    var selector = constraint.path("labelSelector");
    return selector.isObject() ? text + " for selector " + selector(selector) : text;
  }

  private static String selector(JsonNode selector) {
    var terms = new TreeMap<String, List<String>>(GoText.ORDER);
    JsonFields.sorted(selector, "matchLabels")
        .forEach((key, value) ->
            terms.merge(key, List.of(key + "=" + JsonFields.text(value)), SchedulingLines::join));
    for (var expression : JsonFields.items(selector, "matchExpressions")) {
      var key = JsonFields.text(expression, "key");
      terms.merge(key, List.of(expression(key, expression)), SchedulingLines::join);
    }
    return terms.isEmpty()
        ? "<none>"
        : String.join(",", terms.values().stream().flatMap(List::stream).toList());
  }

  private static String expression(String key, JsonNode expression) {
    var values =
        String.join(
            ",", JsonFields.texts(expression, "values").stream().sorted(GoText.ORDER).toList());
    return switch (JsonFields.text(expression, "operator")) {
      case "In" -> key + " in (" + values + ")";
      case "NotIn" -> key + " notin (" + values + ")";
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  private static List<String> join(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
