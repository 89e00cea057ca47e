package dev.diagbundle.describe.kubectl;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The digest of a JSON value, independent of the order of its members. A member that is null, an
/// empty list or an empty string counts as missing, as it does in Go's typed objects.
///
/// @param hex of SHA-256
public record ContentDigest(String hex) {
  public static ContentDigest of(JsonNode node) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      add(digest, node);
      return new ContentDigest(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, JsonNode node) {
    if (node.isObject()) {
      digest.update((byte) '{');
      TypedFields.sorted(node)
          .forEach((name, value) -> {
            if (!isMissing(value)) {
              add(digest, name);
              add(digest, value);
            }
          });
      digest.update((byte) '}');
    } else if (node.isArray()) {
      digest.update((byte) '[');
      node.forEach(item -> add(digest, item));
      digest.update((byte) ']');
    } else {
      add(digest, node.getNodeType().name());
      add(digest, node.asText());
    }
  }

  private static boolean isMissing(JsonNode value) {
    return value.isNull()
        || (value.isArray() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }

  /// The length first, so that no two lists of texts look the same.
  private static void add(MessageDigest digest, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
