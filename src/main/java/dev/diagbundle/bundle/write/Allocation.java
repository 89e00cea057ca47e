package dev.diagbundle.bundle.write;

import module java.base;

/// The number of bytes granted to each deferred entry: first by [PriorityTier], then fairly between
/// nodes, then fairly between the logs of a node. An entry that is not a log gets all or nothing,
/// and comes before logs of the same importance. With more entries, no entry gets more.
final class Allocation {
  /// A shorter part of a log is of no use.
  private static final long LEAST = 3 * 1024;

  private final List<DeferredEntry> waiting;
  private final Map<String, Long> had;
  private final long[] allowed;

  private Allocation(List<DeferredEntry> waiting, Map<String, Long> had) {
    this.waiting = waiting;
    this.had = had;
    this.allowed = new long[waiting.size()];
  }

  /// @param waiting in their order
  /// @param had bytes that sources have used already, by [#key]
  /// @param room space for all of them
  /// @return bytes for each, with what closing the archive takes
  static long[] of(List<DeferredEntry> waiting, Map<String, Long> had, long room) {
    var allotment = new Allocation(waiting, had);
    var kinds = new EnumMap<PriorityTier, List<Integer>>(PriorityTier.class);
    var wanted = new EnumMap<PriorityTier, Long>(PriorityTier.class);
    for (int i = 0; i < waiting.size(); i++) {
      var importance = waiting.get(i).precedence().importance();
      kinds.computeIfAbsent(importance, _ -> new ArrayList<>()).add(i);
      wanted.merge(importance, waiting.get(i).wanted(), Long::sum);
    }
    var shares = PriorityTier.shares(Math.max(0, room), wanted);
    kinds.forEach((kind, members) -> allotment.share(shares.getOrDefault(kind, 0L), members));
    return allotment.allowed;
  }

  static String key(Priority precedence) {
    return precedence.importance() + "/" + precedence.source();
  }

  private void share(long room, List<Integer> members) {
    long left = room;
    var sources = new LinkedHashMap<String, List<Integer>>();
    for (int i : members) {
      var entry = waiting.get(i);
      if (entry.precedence().log()) {
        sources.computeIfAbsent(key(entry.precedence()), _ -> new ArrayList<>()).add(i);
      } else if (entry.wanted() <= left) {
        allowed[i] = entry.wanted();
        left -= entry.wanted();
      }
    }
    var groups = List.copyOf(sources.values());
    var before = new long[groups.size()];
    var wanted = new long[groups.size()];
    for (int i = 0; i < wanted.length; i++) {
      var first = waiting.get(groups.get(i).getFirst());
      before[i] = had.getOrDefault(key(first.precedence()), 0L);
      wanted[i] = groups.get(i).stream().mapToLong(log -> waiting.get(log).wanted()).sum();
    }
    var shares = FairShares.of(left, before, wanted, LEAST);
    for (int i = 0; i < shares.length; i++) {
      shareLogs(shares[i], groups.get(i));
    }
  }

  private void shareLogs(long room, List<Integer> logs) {
    var wanted = logs.stream().mapToLong(i -> waiting.get(i).wanted()).toArray();
    var shares = FairShares.of(room, wanted, LEAST);
    for (int i = 0; i < shares.length; i++) {
      allowed[logs.get(i)] = shares[i];
    }
  }
}
