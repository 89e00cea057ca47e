package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.model.LinePattern;

/// Network error messages of the common libraries of Go, Java, Node.js, Python and C.
public final class NetworkErrors {
  /// Literals of which a line must contain one.
  public static final List<String> LITERALS =
      List.of(
          "no such host",
          "name resolution",
          "EAI_AGAIN",
          "ENOTFOUND",
          "UnknownHostException",
          "connection refused",
          "ECONNREFUSED",
          "i/o timeout",
          "ETIMEDOUT",
          "connect timed out",
          "x509: ",
          "certificate verify failed",
          "PKIX path");

  private static final int MAX_HOST = 260;

  /// The kind of error; the first that matches.
  public enum Kind {
    DNS(
        "dns error",
        "no such host|name resolution|EAI_AGAIN|ENOTFOUND|UnknownHostException"
            + "|lookup \\S+ on \\S+:53: .*timeout"),
    TLS("TLS error", "x509: |certificate verify failed|PKIX path"),
    REFUSED("connection refused", "(?i)connection refused|ECONNREFUSED"),
    TIMEOUT("timeout", "i/o timeout|ETIMEDOUT|connect timed out");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a LinePattern never changes
    private final LinePattern pattern;

    Kind(String label, String pattern) {
      this.label = label;
      this.pattern = LinePattern.parse(pattern).orElseThrow();
    }

    public String label() {
      return label;
    }
  }

  private NetworkErrors() {}

  public static Optional<Kind> kind(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.pattern.isIn(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// The target named by the error, `host` or `host:port`; empty if it names none. Only the words
  /// of the error count, never text that a user may have sent.
  public static String target(String text, Kind kind) {
    var found =
        switch (kind) {
          case DNS ->
              first(
                  text,
                  "lookup ",
                  "getaddrinfo ENOTFOUND ",
                  "getaddrinfo EAI_AGAIN ",
                  "UnknownHostException: ",
                  "could not translate host name \"",
                  "Could not resolve host: ",
                  "Failed to resolve '");
          case REFUSED, TIMEOUT ->
              first(
                  text,
                  "dial tcp ",
                  "connect ECONNREFUSED ",
                  "connect ETIMEDOUT ",
                  "ECONNREFUSED ",
                  "connection to server at \"",
                  "Failed to connect to /",
                  "Failed to connect to ");
          case TLS -> first(text, "https://", "dial tcp ");
        };
    return found.toLowerCase(Locale.ROOT);
  }

  /// The part before the port.
  public static String host(String target) {
    int colon = target.lastIndexOf(':');
    boolean one = colon > 0 && target.indexOf(':') == colon;
    return one ? target.substring(0, colon) : target;
  }

  private static String first(String text, String... marks) {
    for (String mark : marks) {
      int at = text.indexOf(mark);
      var name = at < 0 ? "" : name(text, at + mark.length());
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  private static String name(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < MAX_HOST && isNamePart(text.charAt(end))) {
      end++;
    }
    while (end > from && ".:".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(from, end);
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ".-_:[]".indexOf(c) >= 0;
  }
}
