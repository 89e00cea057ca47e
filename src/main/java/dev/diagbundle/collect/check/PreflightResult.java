package dev.diagbundle.collect.check;

import module java.base;

/// The result of a [Preflight].
///
/// @param server URL of the API server
/// @param version of the API server; empty if it may not be read
/// @param skew the local clock's lead over the API server's
/// @param needs all rights that the run needs
/// @param nodes all nodes that the run is about
/// @param problems descriptions of all other obstacles
public record PreflightResult(
    String server,
    String version,
    Duration skew,
    List<CheckedRight> needs,
    List<CheckedNode> nodes,
    List<String> problems) {
  public PreflightResult {
    needs = List.copyOf(needs);
    nodes = List.copyOf(nodes);
    problems = List.copyOf(problems);
  }

  /// Returns whether a run can be expected to get everything it requests.
  public boolean isGreen() {
    return problems.isEmpty()
        && needs.stream().allMatch(need -> need.access().isAllowed())
        && nodes.stream().allMatch(CheckedNode::isGreen);
  }
}
