package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Takes out of an API object what must not, or need not, reach the bundle.
final class ObjectCleaner {
  /// Stands for a Secret's values: their names with their sizes in bytes.
  private static final String SIZES = "diagbundle.dev/value-sizes";

  /// Where `kubectl apply` keeps a copy of what it was given, with the values that are taken out
  /// elsewhere.
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final Pattern HOLDS_VALUES = Pattern.compile("\"(data|stringData|env)\"");

  /// Names of what is seldom anything but a secret.
  private static final Pattern SECRET =
      Pattern.compile(
          "passw(or)?d|passphrase|secret|token|credential|(api|access|private|signing|encryption)"
              + "[-_.]?key|connection[-_.]?string|(^|[-_.])(pwd|dsn|auth)($|[-_.])",
          Pattern.CASE_INSENSITIVE);

  private ObjectCleaner() {}

  /// Changes the object in place: `managedFields` goes always; of a Secret, every value goes; of
  /// anything else, the values of variables and of ConfigMaps that are named like secrets.
  static void clean(ResourceType type, ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      if (metadata.path("annotations") instanceof ObjectNode annotations
          && HOLDS_VALUES.matcher(annotations.path(LAST_APPLIED).asText("")).find()) {
        annotations.remove(LAST_APPLIED);
      }
    }
    if (!type.group().isEmpty()) {
      hideVariables(object);
      return;
    }
    switch (type.plural()) {
      case "secrets" -> dropValues(object);
      case "configmaps" -> hideEntries(object);
      default -> hideVariables(object);
    }
  }

  private static void dropValues(ObjectNode secret) {
    var sizes = new ArrayList<String>();
    for (var value : secret.path("data").properties()) {
      sizes.add(value.getKey() + "=" + decodedSize(value.getValue()));
    }
    for (var value : secret.path("stringData").properties()) {
      sizes.add(value.getKey() + "=" + size(value.getValue()));
    }
    secret.remove(List.of("data", "stringData"));
    if (!(secret.path("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    // Any annotation of a Secret may hold its values: other tools keep copies under other names.
    metadata.remove("annotations");
    metadata.putObject("annotations").put(SIZES, String.join(" ", sizes));
  }

  private static void hideEntries(ObjectNode map) {
    boolean all = SECRET.matcher(map.path("metadata").path("name").asText("")).find();
    for (String part : List.of("data", "binaryData")) {
      if (map.path(part) instanceof ObjectNode entries) {
        for (var entry : entries.properties()) {
          if (all || SECRET.matcher(entry.getKey()).find()) {
            entry.setValue(entries.textNode(hidden(entry.getValue())));
          }
        }
      }
    }
  }

  /// In pods, in templates of pods, and in whatever custom resources hold either.
  private static void hideVariables(JsonNode tree) {
    for (var field : tree.properties()) {
      if (field.getKey().equals("env")) {
        field.getValue().forEach(ObjectCleaner::hideVariable);
      }
      if (field.getValue().isContainerNode()) {
        hideVariables(field.getValue());
      }
    }
    if (tree.isArray()) {
      tree.forEach(ObjectCleaner::hideVariables);
    }
  }

  private static void hideVariable(JsonNode variable) {
    if (variable instanceof ObjectNode object
        && object.path("value").isValueNode()
        && SECRET.matcher(object.path("name").asText("")).find()) {
      object.put("value", hidden(object.path("value")));
    }
  }

  private static String hidden(JsonNode value) {
    return "(" + size(value) + " bytes, not collected)";
  }

  private static int size(JsonNode value) {
    return value.asText("").getBytes(StandardCharsets.UTF_8).length;
  }

  private static int decodedSize(JsonNode value) {
    try {
      return Base64.getDecoder().decode(value.asText("")).length;
    } catch (IllegalArgumentException e) {
      // Not base64, so not a value that the API server would have let in.
      return 0;
    }
  }
}
