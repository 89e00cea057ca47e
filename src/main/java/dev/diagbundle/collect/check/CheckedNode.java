package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.cluster.nodelog.LogQuerySupport;

/// A node of a run, and the result of its check.
///
/// @param os its operating system as it reports it
/// @param kubelet the version of its kubelet
/// @param ready true if its condition `Ready` is true
/// @param query support for log queries; empty if it was not checked, or did not answer
/// @param lead of its clock over the local one; empty if not known
/// @param problem description of the problem; empty if there is none
/// @param suffers items that lack data because of the problem
public record CheckedNode(
    String name,
    String os,
    String kubelet,
    boolean ready,
    Optional<LogQuerySupport.State> query,
    Optional<Duration> lead,
    String problem,
    List<String> suffers) {
  public CheckedNode {
    suffers = List.copyOf(suffers);
  }

  public boolean isGreen() {
    return problem.isEmpty();
  }
}
