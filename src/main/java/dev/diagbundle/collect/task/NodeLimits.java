package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;

/// How gently one node is asked.
///
/// @param maxRunning at most so many tasks at once
/// @param queryPause from the end of one log query to the beginning of the next
public record NodeLimits(int maxRunning, Duration queryPause) {
  private static final List<String> CONTROL_PLANE =
      List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

  /// The rules for a node: one task at a time where the control plane runs, which all others depend
  /// on; a pause where each log query starts PowerShell.
  ///
  /// @param node as the inventory knows it, if it does
  /// @param perNode at most so many tasks at once at a usual node
  public static NodeLimits of(Optional<NodeSummary> node, int perNode, Duration windowsPause) {
    boolean controlPlane =
        node.isPresent() && CONTROL_PLANE.stream().anyMatch(node.get().labels()::containsKey);
    boolean windows = node.isPresent() && node.get().isWindows();
    return new NodeLimits(controlPlane ? 1 : perNode, windows ? windowsPause : Duration.ZERO);
  }
}
