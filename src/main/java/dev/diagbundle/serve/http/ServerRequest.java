package dev.diagbundle.serve.http;

import module java.base;

/// One HTTP request, without its body.
///
/// @param method as sent, for example `GET`
/// @param path the path as sent, still percent-encoded
/// @param query the decoded query parameters
/// @param headers by name, in any case; the last value wins
public record ServerRequest(
    String method, String path, QueryParameters query, Map<String, String> headers) {
  public ServerRequest {
    var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  /// The decoded segments of the path. A slash at the end gives an empty last segment.
  public List<String> segments() {
    return Stream.of(path.substring(1).split("/", -1)).map(PercentEncoding::decode).toList();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
