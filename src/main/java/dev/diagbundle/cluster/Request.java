package dev.diagbundle.cluster;

import module java.base;

import java.util.regex.Pattern;

/// A GET request.
///
/// @param path with its query, percent-encoded, beginning with a slash
/// @param caller the originator
/// @param headers additional to those of authentication
/// @param idle maximum silence of the other side, before its response and within it; empty for the
///   default, which is longer than the kubelet's limit on a log query
public record Request(
    String path, RequestOrigin caller, Map<String, String> headers, Optional<Duration> idle) {
  private static final Pattern NODE_PROXY = Pattern.compile("/api/v1/nodes/[^/]+/proxy(/.*)?");

  private static final Pattern LOG_QUERY = Pattern.compile("/proxy/logs/\\?query=[^&]");

  public Request {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path without a leading slash: " + path);
    }
    headers = Map.copyOf(headers);
  }

  /// A request with the default limit on silence.
  public Request(String path, RequestOrigin caller, Map<String, String> headers) {
    this(path, caller, headers, Optional.empty());
  }

  /// A request for a JSON document.
  public static Request json(String path, RequestOrigin caller) {
    return new Request(path, caller, Map.of("Accept", "application/json"));
  }

  /// A request for uncompressed bytes, so that they flow at once and can be told from a broken
  /// stream (the API server's own client would otherwise ask the kubelet for gzip, which holds back
  /// the first bytes).
  public static Request raw(String path, RequestOrigin caller) {
    return new Request(path, caller, Map.of("Accept", "*/*", "Accept-Encoding", "identity"));
  }

  /// This request, for a part of the file only.
  ///
  /// @param range for example `bytes=0-0` (RFC 9110 section 14.2)
  public Request withRange(String range) {
    return withHeader("Range", range);
  }

  /// This request with one more header.
  public Request withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(path, caller, more, idle);
  }

  /// This request with this limit on silence.
  public Request withIdle(Duration silence) {
    return new Request(path, caller, headers, Optional.of(silence));
  }

  /// This request by this originator.
  public Request withCaller(RequestOrigin other) {
    return new Request(path, other, headers, idle);
  }

  /// Returns whether this makes a kubelet start a process that reads logs. The probe with an empty
  /// `query` does not.
  boolean isLogQuery() {
    return LOG_QUERY.matcher(path).find();
  }

  /// Returns whether a kubelet responds to the path, if it is reachable.
  static boolean goesToKubelet(String path) {
    int query = path.indexOf('?');
    // A server behind a gateway has a path of its own before the API's.
    return NODE_PROXY.matcher(query < 0 ? path : path.substring(0, query)).find();
  }

  /// One segment of a path, percent-encoded.
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The value of a query parameter, percent-encoded.
  public static String value(String text) {
    return segment(text);
  }
}
