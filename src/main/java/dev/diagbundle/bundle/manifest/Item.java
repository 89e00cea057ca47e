package dev.diagbundle.bundle.manifest;

import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import java.time.Duration;

/// One planned item and its outcome.
///
/// @param id unique in the run, for example `nodeLogs/rig-1/kubelet`; of several clusters,
///   `clusters/<folder>/nodeLogs/rig-1/kubelet`
/// @param node the node it concerns; empty if it is one of the cluster
/// @param name its name within its kind and node, for example `kubelet` or `shop/web/app`
/// @param outcome its outcome
/// @param receivedBytes bytes of responses read for it, uncompressed
/// @param took from its first request to its end; zero if it never started
/// @param cluster the folder of its cluster, as in [ClusterPlace]; empty in a bundle of one
public record Item(
    String id,
    ItemKind kind,
    String node,
    String name,
    Outcome outcome,
    long receivedBytes,
    Duration took,
    String cluster) {
  /// An item in a bundle of one cluster.
  public Item(
      String id,
      ItemKind kind,
      String node,
      String name,
      Outcome outcome,
      long receivedBytes,
      Duration took) {
    this(id, kind, node, name, outcome, receivedBytes, took, "");
  }

  /// The item with another outcome.
  public Item withOutcome(Outcome other) {
    return new Item(id, kind, node, name, other, receivedBytes, took, cluster);
  }
}
