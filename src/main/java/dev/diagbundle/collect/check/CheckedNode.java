package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.cluster.nodelog.LogQuerySupport;

/// A node that a run is about, and what came of asking it.
///
/// @param os its operating system as it reports it
/// @param kubelet the version of its kubelet
/// @param ready whether its condition `Ready` is true
/// @param query what its log query can do; empty if it was not asked, or did not answer
/// @param lead how far its clock is ahead of the local one; empty if it did not say
/// @param problem what is wrong, in words; empty if nothing is
/// @param suffers items that miss something because of it
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
