package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/// Takes out of an API object what must not, or need not, reach the bundle.
final class ObjectCleaner {

  /// Stands for a Secret's values: their names with their sizes in bytes.
  private static final String SIZES = "diagbundle.dev/value-sizes";

  private ObjectCleaner() {}

  /// Changes the object in place: `managedFields` goes always; of a Secret, every value goes.
  static void clean(ResourceType type, ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    if (type.group().isEmpty() && type.plural().equals("secrets")) {
      dropValues(object);
    }
  }

  private static void dropValues(ObjectNode secret) {
    var sizes = new StringBuilder();
    secret
        .path("data")
        .properties()
        .forEach(value ->
            sizes
                .append(sizes.isEmpty() ? "" : " ")
                .append(value.getKey())
                .append('=')
                .append(size(value.getValue())));
    secret.remove("data");
    secret.remove("stringData");
    if (!(secret.path("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    // Any annotation of a Secret may hold its values: other tools keep copies under other names.
    metadata.remove("annotations");
    metadata.putObject("annotations").put(SIZES, sizes.toString());
  }

  private static int size(JsonNode value) {
    try {
      return Base64.getDecoder().decode(value.asText("")).length;
    } catch (IllegalArgumentException e) {
      // Not base64, so not a value that the API server would have let in.
      return 0;
    }
  }
}
