package dev.diagbundle.report.collection;

import java.util.List;
import java.util.Optional;

/// What a reader can do about missing items.
///
/// @param text in words
/// @param command to run or lines to set, if there are any
record Advice(String text, Optional<String> command) {
  /// @param profile the profile's name
  /// @param nodes which nodes it is about; empty for items of the cluster
  static Advice of(GapCause remedy, String profile, List<String> nodes) {
    return switch (remedy) {
      case LOG_QUERY_OFF ->
          new Advice(
              "Set this in the KubeletConfiguration of each node and restart its kubelet. Before "
                  + "Kubernetes 1.36 the feature gate NodeLogQuery has to be on as well. Until "
                  + "then, the profile node-not-ready takes the node’s syslog and kernel log as files.",
              Optional.of("enableSystemLogQuery: true"));
      case NODES_PROXY_FORBIDDEN ->
          new Advice(
              "Bind a ClusterRole with get on nodes/proxy to the user who collects. The command "
                  + "makes one; diagbundle check prints all that the profile needs.",
              Optional.of(
                  "kubectl create clusterrole diagbundle-nodes --verb=get --resource=nodes/proxy"));
      case FORBIDDEN ->
          new Advice(
              "Grant what the server names, or leave the item out. The command prints "
                  + "the smallest ClusterRole for the profile.",
              Optional.of("diagbundle check" + profileOption(profile)));
      case KUBELET_DISTRUSTS ->
          new Advice(
              "The kubelet refuses the certificate with which the API server calls it: compare its "
                  + "clientCAFile with the API server’s --kubelet-client-certificate. No right of "
                  + "the user who collects changes this.",
              Optional.empty());
      case UNREACHABLE ->
          nodes.isEmpty()
              ? new Advice(
                  "Check the network between this machine and the API server, then collect again.",
                  Optional.empty())
              : new Advice(
                  "Start the kubelet, or open its port 10250 to the API server, then collect again.",
                  collect(profile, nodes, ""));
      case TIMED_OUT ->
          new Advice(
              "The other side is slow or hangs. Collect it again on its own, with more time.",
              collect(profile, nodes, " --deadline 30m"));
      case INTERRUPTED ->
          new Advice(
              "Collect again and let the run end, or give it more time.",
              collect(profile, nodes, " --deadline 30m"));
      case THROTTLED ->
          new Advice(
              "The server answered 429 each time. Collect again with a lower --qps, or when the "
                  + "cluster is less busy.",
              collect(profile, nodes, " --qps 5"));
      case LIMIT ->
          new Advice(
              "Ask for less with a shorter window, or raise the limit that is named.",
              collect(profile, nodes, " --since 1h"));
      case TRUNCATED ->
          new Advice(
              "What came before the break is in the bundle. A shorter window makes the answer "
                  + "smaller.",
              collect(profile, nodes, " --since 1h"));
      case UNSUPPORTED ->
          new Advice(
              "Nothing to fix, unless you expect this in a cluster of this version and "
                  + "configuration. The option skip leaves it out.",
              Optional.empty());
      case INVALID_ANSWER ->
          new Advice(
              "Look for the request in requests.jsonl: a proxy on the way, or another version of "
                  + "the server, answered in another form.",
              Optional.empty());
      case INTERNAL ->
          new Advice(
              "Please report this to the makers of diagbundle, with the command line and the words "
                  + "beside this.",
              Optional.empty());
      case NOT_FOUND ->
          new Advice(
              "Nothing to fix, unless you expect it. Logs of a container’s former run go away when "
                  + "the kubelet cleans up: collect sooner after a restart.",
              Optional.empty());
      case EMPTY ->
          new Advice(
              "Nothing to fix: no line fell into the window, or the container has not started.",
              Optional.empty());
    };
  }

  private static Optional<String> collect(String profile, List<String> nodes, String options) {
    var command = new StringBuilder("diagbundle collect").append(profileOption(profile));
    for (String node : nodes.subList(0, Math.min(3, nodes.size()))) {
      if (!isPlain(node)) {
        return Optional.empty();
      }
      command.append(" --node ").append(node);
    }
    return Optional.of(command.append(options).toString());
  }

  private static String profileOption(String profile) {
    return isPlain(profile) ? " -p " + profile : "";
  }

  /// Whether the word can stand in a command that a reader copies into a shell: a name from a
  /// cluster may be anything.
  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '-'
        && word.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.');
  }
}
