package dev.diagbundle.report.collection;

import module java.base;

/// Advice about missing items.
///
/// @param text the advice in words
/// @param command the command to run or the lines to set, if there are any
record Advice(String text, Optional<String> command) {
  /// @param profile the profile's name
  /// @param nodes the nodes that it is about; empty for items of the cluster
  static Advice of(GapCause remedy, String profile, List<String> nodes) {
    return switch (remedy) {
      case LOG_QUERY_OFF ->
          new Advice(
              "Set this in the KubeletConfiguration of each node and restart its kubelet. Before"
                  + " Kubernetes 1.36, also enable the feature gate NodeLogQuery. Until then, the"
                  + " profile node-not-ready collects the node’s syslog and kernel log as files.",
              Optional.of("enableSystemLogQuery: true"));
      case NODES_PROXY_FORBIDDEN ->
          new Advice(
              "Bind a ClusterRole with get on nodes/proxy to the collecting user. The command"
                  + " creates one; diagbundle check prints all permissions that the profile needs.",
              Optional.of(
                  "kubectl create clusterrole diagbundle-nodes --verb=get --resource=nodes/proxy"));
      case FORBIDDEN ->
          new Advice(
              "Grant the permission named by the server, or exclude the item. The command prints"
                  + " the minimal ClusterRole for the profile.",
              Optional.of("diagbundle check" + profileOption(profile)));
      case KUBELET_DISTRUSTS ->
          new Advice(
              "The kubelet rejects the API server’s client certificate: compare its clientCAFile"
                  + " with the API server’s --kubelet-client-certificate. Permissions of the"
                  + " collecting user do not affect this.",
              Optional.empty());
      case UNREACHABLE ->
          nodes.isEmpty()
              ? new Advice(
                  "Check the network between this machine and the API server, then collect again.",
                  Optional.empty())
              : new Advice(
                  "Start the kubelet, or allow the API server to reach its port 10250, then"
                      + " collect again.",
                  collect(profile, nodes, ""));
      case TIMED_OUT ->
          new Advice(
              "The server is slow or hangs. Collect this item again separately, with more time.",
              collect(profile, nodes, " --deadline 30m"));
      case INTERRUPTED ->
          new Advice(
              "Collect again and let the run finish, or give it more time.",
              collect(profile, nodes, " --deadline 30m"));
      case THROTTLED ->
          new Advice(
              "The server answered 429 each time. Collect again with a lower --qps, or when the "
                  + "cluster is less busy.",
              collect(profile, nodes, " --qps 5"));
      case LIMIT ->
          new Advice(
              "Request less data with a shorter time window, or increase the named limit.",
              collect(profile, nodes, " --since 1h"));
      case TRUNCATED ->
          new Advice(
              "The data received before the interruption is in the bundle. A shorter time window"
                  + " makes the response smaller.",
              collect(profile, nodes, " --since 1h"));
      case UNSUPPORTED ->
          new Advice(
              "Nothing to fix, unless a cluster of this version and configuration should offer"
                  + " it. The option skip excludes it.",
              Optional.empty());
      case INVALID_ANSWER ->
          new Advice(
              "Look up the request in requests.jsonl: a proxy or a different server version"
                  + " responded in an unexpected format.",
              Optional.empty());
      case INTERNAL ->
          new Advice(
              "Please report this as a diagbundle bug, with the command line and the message.",
              Optional.empty());
      case NOT_FOUND ->
          new Advice(
              "Nothing to fix, unless you expect it. The kubelet deletes the previous logs of a"
                  + " container after some time: collect soon after a restart.",
              Optional.empty());
      case EMPTY ->
          new Advice(
              "Nothing to fix: no line is in the time window, or the container has not started.",
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

  /// Returns whether the word is safe in a command that a reader copies into a shell: a name from a
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
