package dev.diagbundle.cluster;

import module java.base;

import java.util.regex.Pattern;

/// One GET to make.
///
/// @param path with its query, percent-encoded, beginning with a slash
/// @param caller on whose behalf
/// @param headers to send beside those of authentication
/// @param idle how long the other side may be silent, before its answer and within it; empty for
///   the usual time, which is longer than the kubelet's limit on a log query
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

  /// A call that may be silent for the usual time.
  public Request(String path, RequestOrigin caller, Map<String, String> headers) {
    this(path, caller, headers, Optional.empty());
  }

  /// A call for a JSON document.
  public static Request json(String path, RequestOrigin caller) {
    return new Request(path, caller, Map.of("Accept", "application/json"));
  }

  /// A call for bytes as they are: it asks that nothing on the way compress them, so that they flow
  /// at once and can be told from a broken stream (the API server's own client would ask the
  /// kubelet for gzip otherwise, which holds back the first bytes).
  public static Request raw(String path, RequestOrigin caller) {
    return new Request(path, caller, Map.of("Accept", "*/*", "Accept-Encoding", "identity"));
  }

  /// This call, for a part of the file only.
  ///
  /// @param range for example `bytes=0-0` (RFC 9110 section 14.2)
  public Request withRange(String range) {
    return withHeader("Range", range);
  }

  /// This call with one more header.
  public Request withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(path, caller, more, idle);
  }

  /// This call, given up after so long a silence.
  public Request withIdle(Duration silence) {
    return new Request(path, caller, headers, Optional.of(silence));
  }

  /// Whether this makes a kubelet start a process that reads logs. The probe with an empty `query`
  /// does not.
  boolean isLogQuery() {
    return LOG_QUERY.matcher(path).find();
  }

  /// Whether what lies at the path is answered by a kubelet, if it can be reached.
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
