package dev.diagbundle.collect;

import module java.base;

/// The limit of concurrent tasks for each cluster of a run. The limit of a cluster protects its API
/// server; the bound over all of them protects this process, in which each task takes memory: it is
/// divided evenly, so that a cluster that hangs takes nothing from another, and the share that one
/// no longer needs goes to the others. Safe for use by many threads.
final class ConcurrencyQuota {
  /// The maximum concurrent tasks over all clusters, if a single cluster is not allowed more.
  static final int MAX_TASKS = 32;

  /// The maximum concurrent clusters; others wait until one has ended.
  static final int MAX_CLUSTERS = 8;

  private final int perCluster;
  private final int overAll;
  private final AtomicInteger waiting;
  private final Semaphore turns = new Semaphore(MAX_CLUSTERS, true);

  /// @param clusters number of clusters
  /// @param perCluster maximum concurrent tasks at one cluster
  ConcurrencyQuota(int clusters, int perCluster) {
    this.waiting = new AtomicInteger(clusters);
    this.perCluster = perCluster;
    this.overAll = Math.max(MAX_TASKS, perCluster);
  }

  /// Waits until it is a cluster's turn. Each call is paired with one of [#leave].
  void enter() throws InterruptedException {
    turns.acquire();
  }

  /// Ends the turn of a cluster.
  void leave() {
    turns.release();
    waiting.decrementAndGet();
  }

  /// The number of tasks that each cluster whose turn it is may run now.
  int tasks() {
    int clusters = Math.clamp(waiting.get(), 1, MAX_CLUSTERS);
    return Math.max(1, Math.min(perCluster, overAll / clusters));
  }
}
