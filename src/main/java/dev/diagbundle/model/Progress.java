package dev.diagbundle.model;

/// A progress event of a run. Only `cli` turns it into text. Events may come from any thread.
public sealed interface Progress {
  /// The connection is established and the window is known.
  record Started(String cluster, TimeWindow window) implements Progress {}

  /// One more item is planned. `node` is empty for items of the cluster.
  record Planned(String itemId, ItemKind kind, String node, String name) implements Progress {}

  /// Work on an item has started.
  record Working(String itemId, String node) implements Progress {}

  /// An item has ended.
  record ItemEnded(String itemId, String node, Outcome outcome, long bytes) implements Progress {}

  /// The run is being ended early; `cause` is `deadline` or the name of a signal.
  record Interrupted(String cause) implements Progress {}

  /// Nothing more is collected; the bundle is being completed.
  record Finishing() implements Progress {}

  /// An event of one of several clusters.
  ///
  /// @param cluster the name of its folder in the bundle
  record InCluster(String cluster, Progress event) implements Progress {}

  /// A listener for progress events.
  @FunctionalInterface
  interface Listener {
    void on(Progress progress);
  }
}
