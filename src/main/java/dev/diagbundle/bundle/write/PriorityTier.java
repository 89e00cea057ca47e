package dev.diagbundle.bundle.write;

import module java.base;

/// The priority tier of an entry: when space is short, the most useful data is kept first. Each has
/// a share that the others cannot take from it; the unused rest goes to the others, in this order.
public enum PriorityTier {
  /// Descriptions and events.
  TELLING(40),
  /// Objects and other responses of the API server and of kubelets, which findings are based on.
  OBJECTS(20),
  /// Logs of pods that do not work.
  BROKEN_PODS(20),
  /// Logs of kubelets.
  KUBELETS(10),
  /// All other logs and files.
  OTHERS(10);

  private final int percent;

  PriorityTier(int percent) {
    this.percent = percent;
  }

  /// The number of bytes granted to each tier.
  ///
  /// @param wanted bytes
  static Map<PriorityTier, Long> shares(long room, Map<PriorityTier, Long> wanted) {
    var shares = new EnumMap<PriorityTier, Long>(PriorityTier.class);
    long left = room;
    for (var one : wanted.entrySet()) {
      long share = Math.min(one.getValue(), room / 100 * one.getKey().percent);
      shares.put(one.getKey(), share);
      left -= share;
    }
    for (PriorityTier one : values()) {
      long share = shares.getOrDefault(one, 0L);
      long more = Math.min(wanted.getOrDefault(one, 0L) - share, left);
      shares.put(one, share + more);
      left -= more;
    }
    return shares;
  }
}
