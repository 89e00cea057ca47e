package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;
import java.util.regex.Pattern;

/// The rules for names in requests: services, kubelet endpoints, API paths. Requests that change
/// state instead of reading, that never end, or that would return a Secret unredacted are rejected
/// here.
final class RequestNameRules {
  // The names that the kubelet's log query accepts since Kubernetes 1.29.
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_.@:-]+");
  private static final Pattern ENDPOINT =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*/?");
  private static final Pattern API_PATH = Pattern.compile("/[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]*");
  private static final Pattern ENDLESS = Pattern.compile("[?&](?:watch|follow)(?:=|&|$)");
  private static final Pattern HIDDEN_SLASH_OR_DOT = Pattern.compile("%(?:2[ef]|5c|00)");

  /// Endpoints of the kubelet that run something, open a stream or change its state.
  private static final Set<String> ACTING =
      Set.of("run", "exec", "attach", "portforward", "checkpoint", "cri", "debug/flags");

  private static final Set<String> ACTING_SUBRESOURCES = Set.of("exec", "attach", "portforward");

  private RequestNameRules() {}

  static Optional<Violation> serviceFault(String service) {
    if (service.contains("/") || service.contains("\\")) {
      return Violation.of(
          "service " + Quoted.text(service) + " is a path", "use nodeFiles for files");
    }
    if (service.toLowerCase(Locale.ROOT).endsWith(".service")) {
      var bare = service.substring(0, service.length() - ".service".length());
      return Violation.of(
          "service " + Quoted.text(service) + " has the suffix '.service'",
          bare.isEmpty() ? "omit the suffix" : "omit the suffix: " + bare);
    }
    if (!SERVICE.matcher(service).matches()) {
      return Violation.of(
          "expected a service such as kubelet, got " + Quoted.text(service),
          "allowed: letters, digits, '_', '.', '@', ':' and '-'");
    }
    return Optional.empty();
  }

  static Optional<Violation> endpointFault(String endpoint) {
    if (endpoint.startsWith("/")) {
      return Violation.of(
          "endpoint " + Quoted.text(endpoint) + " begins with a slash",
          "omit it, as in configz or stats/summary");
    }
    if (!ENDPOINT.matcher(endpoint).matches()) {
      return Violation.of(
          "expected an endpoint such as configz or stats/summary, got " + Quoted.text(endpoint));
    }
    var wanted = endpoint.toLowerCase(Locale.ROOT) + "/";
    return ACTING.stream().anyMatch(acting -> wanted.startsWith(acting + "/"))
        ? Violation.of("endpoint " + Quoted.text(endpoint) + " is not read-only")
        : Optional.empty();
  }

  static Optional<Violation> apiPathFault(String path) {
    if (!path.startsWith("/")) {
      return Violation.of("API path " + Quoted.text(path) + " does not begin with a slash");
    }
    if (!API_PATH.matcher(path).matches()) {
      return Violation.of("expected a path such as /livez?verbose, got " + Quoted.text(path));
    }
    var lower = path.toLowerCase(Locale.ROOT);
    var segments = List.of(lower.split("\\?", 2)[0].split("/", -1));
    if (segments.contains("..") || HIDDEN_SLASH_OR_DOT.matcher(lower).find()) {
      return Violation.of(
          "API path " + Quoted.text(path) + " contains '..' or an encoded '.' or '/'");
    }
    if (ENDLESS.matcher(lower).find() || segments.contains("watch")) {
      return Violation.of("API path " + Quoted.text(path) + " is an endless stream");
    }
    if (segments.contains("secrets")) {
      return Violation.of(
          "API path " + Quoted.text(path) + " reads Secrets",
          "clusterDump collects their names and key names");
    }
    int node = segments.indexOf("nodes");
    if (node >= 0 && segments.size() > node + 2 && segments.get(node + 2).equals("proxy")) {
      return Violation.of(
          "API path " + Quoted.text(path) + " is a path of a kubelet", "use the item kind kubelet");
    }
    return segments.stream().anyMatch(ACTING_SUBRESOURCES::contains)
        ? Violation.of("API path " + Quoted.text(path) + " is not read-only")
        : Optional.empty();
  }
}
