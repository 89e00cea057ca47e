package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The URL of an API server, as client-go reads it (`rest.DefaultServerURL`): without a scheme it
/// is of http; a path is a prefix; query and fragment are dropped.
///
/// @param scheme `http` or `https`
/// @param login user name and password in the URL, decoded; empty if there are none
/// @param host without brackets
/// @param port may be empty
/// @param path prefix, without a slash at its end; may be empty
record ServerUrl(String scheme, String login, String host, String port, String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:([^/?#]*)@)?"
              + "(?:\\[([^\\]/?#@]+)\\]|([^:\\[\\]/?#@]+))(?::([0-9]{0,5}))?(/[^?#]*)?(?:[?#].*)?");
  private static final Pattern BAD_HOST = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}]");

  /// Reads a URL.
  ///
  /// @param cluster its name, for messages
  /// @throws DiagbundleException if it is not the URL of a server
  static ServerUrl of(String server, String cluster) throws DiagbundleException {
    var matcher = FORM.matcher(server);
    if (!matcher.matches()) {
      throw invalid(server, cluster, "is not a URL");
    }
    var scheme = group(matcher, 1).toLowerCase(Locale.ROOT);
    var host = group(matcher, 3) + group(matcher, 4);
    var port = group(matcher, 5);
    var path = group(matcher, 6);
    if (BAD_HOST.matcher(host).find() || (!port.isEmpty() && Integer.parseInt(port) > 65_535)) {
      throw invalid(server, cluster, "is not a URL");
    }
    if (scheme.isEmpty() && path.length() > 1) {
      throw invalid(server, cluster, "has a path but no scheme");
    }
    if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
      throw invalid(server, cluster, "is not a URL of http or https");
    }
    return new ServerUrl(
        scheme.isEmpty() ? "http" : scheme, decoded(group(matcher, 2)), host, port, clean(path));
  }

  /// The URL for requests: without login, and without a slash at its end.
  String text() {
    return scheme
        + "://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + (port.isEmpty() ? "" : ":" + port)
        + path;
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /// Whether credentials may be sent: encrypted, or to this machine itself.
  boolean takesCredentials() {
    return isSecure() || isLoopback();
  }

  private boolean isLoopback() {
    if (host.equals("localhost")) {
      return true;
    }
    if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The path without repeated slashes and dot segments, as Go's `path.Join` leaves it.
  private static String clean(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts.stream().map(part -> "/" + part).collect(Collectors.joining());
  }

  private static String decoded(String login) {
    try {
      return URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return login;
    }
  }

  private static String group(Matcher matcher, int group) {
    return Objects.requireNonNullElse(matcher.group(group), "");
  }

  private static DiagbundleException invalid(String server, String cluster, String why) {
    var shown = server.replaceFirst("//[^/?#]*@", "//");
    return new DiagbundleException(
        Problem.usage("server '" + shown + "' of cluster '" + cluster + "' " + why)
            .withHint("use a URL such as https://kubernetes.example:6443"));
  }
}
