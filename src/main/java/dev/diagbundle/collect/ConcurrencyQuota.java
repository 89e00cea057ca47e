package dev.diagbundle.collect;

import module java.base;

/// How much each of the clusters of a run may do at once. The limit of a cluster protects its API
/// server; the bound over all of them protects this process, whose memory each task takes a piece
/// of: it is shared out evenly, so that no cluster that hangs takes from another, and what one no
/// longer needs goes to the others. Safe for use by many threads.
final class ConcurrencyQuota {
  /// Tasks at once over all clusters, if one alone is not allowed more.
  static final int MAX_TASKS = 32;

  /// Clusters at once; others wait until one has ended.
  static final int MAX_CLUSTERS = 8;

  private final int perCluster;
  private final int overAll;
  private final AtomicInteger waiting;
  private final Semaphore turns = new Semaphore(MAX_CLUSTERS, true);

  /// @param clusters how many there are
  /// @param perCluster tasks at once at one cluster
  ConcurrencyQuota(int clusters, int perCluster) {
    this.waiting = new AtomicInteger(clusters);
    this.perCluster = perCluster;
    this.overAll = Math.max(MAX_TASKS, perCluster);
  }

  /// Waits until it is a cluster's turn. Who has entered leaves.
  void enter() throws InterruptedException {
    turns.acquire();
  }

  /// A cluster that had its turn is done.
  void leave() {
    turns.release();
    waiting.decrementAndGet();
  }

  /// How many tasks each cluster whose turn it is may run now.
  int tasks() {
    int clusters = Math.clamp(waiting.get(), 1, MAX_CLUSTERS);
    return Math.max(1, Math.min(perCluster, overAll / clusters));
  }
}
