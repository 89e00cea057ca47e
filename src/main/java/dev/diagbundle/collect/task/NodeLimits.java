package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;

/// The limits for requests to one node.
///
/// @param maxRunning maximum concurrent tasks
/// @param queryPause time from the end of one log query to the start of the next
public record NodeLimits(int maxRunning, Duration queryPause) {
  private static final List<String> CONTROL_PLANE =
      List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

  /// The limits for a node: one task at a time on nodes of the control plane, which all others
  /// depend on; a pause on nodes where each log query starts PowerShell.
  ///
  /// @param node from the inventory, if present
  /// @param perNode maximum concurrent tasks at an ordinary node
  public static NodeLimits of(Optional<NodeSummary> node, int perNode, Duration windowsPause) {
    boolean controlPlane =
        node.isPresent() && CONTROL_PLANE.stream().anyMatch(node.get().labels()::containsKey);
    boolean windows = node.isPresent() && node.get().isWindows();
    return new NodeLimits(controlPlane ? 1 : perNode, windows ? windowsPause : Duration.ZERO);
  }
}
