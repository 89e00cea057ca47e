package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.json.JsonMapper;

/// The continue token of a list, in the format of the real API server.
final class ContinueToken {
  private ContinueToken() {}

  static String encode(String resourceVersion, String lastKey) {
    var json =
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":%s,\"start\":\"/%s\\u0000\"}"
            .formatted(resourceVersion, lastKey);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /// The key of the last object that the client has.
  ///
  /// @throws IllegalArgumentException if it is no token of ours
  static String decode(String token) {
    try {
      var start = new JsonMapper().readTree(Base64.getUrlDecoder().decode(token)).path("start");
      var text = start.asText();
      if (text.startsWith("/") && text.endsWith("\0")) {
        return text.substring(1, text.length() - 1);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("continue key is not valid: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("continue key is not valid");
  }
}
