package dev.diagbundle.cluster;

import module java.base;

/// The newest entries read from a log, for the removal of duplicates when a later response repeats
/// them: a log is requested again from a little before the place where the response broke off.
/// Everything after the last of these entries is new. For one thread.
///
/// Entries are kept as stamp and checksum: all of the newest second, as a request has no finer
/// unit, and at least some dozens, so that equal lines are told apart by their neighbours.
public final class DedupWindow {
  private static final int MIN_ENTRIES = 64;
  private static final int MAX_ENTRIES = 200_000;

  private long[] micros = new long[2 * MIN_ENTRIES];
  private int[] checksums = new int[2 * MIN_ENTRIES];
  private int from;
  private int to;

  /// The stamp and checksum that identify an entry.
  private record Mark(long micros, int checksum) {}

  public void add(long stamp, int checksum) {
    if (to == micros.length) {
      trim();
    }
    micros[to] = stamp;
    checksums[to] = checksum;
    to++;
  }

  public boolean isEmpty() {
    return from == to;
  }

  public void clear() {
    from = 0;
    to = 0;
  }

  /// The stamp of the newest entry in the journal's order.
  public long last() {
    return micros[to - 1];
  }

  /// The earliest stamp, from which on all entries have to be requested.
  public long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      earliest = Math.min(earliest, micros[i]);
    }
    return earliest;
  }

  /// The latest stamp.
  public long latest() {
    long latest = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      latest = Math.max(latest, micros[i]);
    }
    return latest;
  }

  /// Drops old seconds if enough newer entries remain.
  private void trim() {
    long newestSecond = Math.floorDiv(last(), 1_000_000L);
    int second = to;
    while (second > from && Math.floorDiv(micros[second - 1], 1_000_000L) == newestSecond) {
      second--;
    }
    int kept = Math.max(from, Math.min(second, to - MIN_ENTRIES));
    if (to - kept >= MAX_ENTRIES) {
      kept = to - MAX_ENTRIES / 2;
    }
    int count = to - kept;
    int capacity = Math.min(2 * count, MAX_ENTRIES);
    micros = Arrays.copyOf(Arrays.copyOfRange(micros, kept, to), capacity);
    checksums = Arrays.copyOf(Arrays.copyOfRange(checksums, kept, to), capacity);
    from = 0;
    to = count;
  }

  /// A search for these entries, in their order, in another response.
  public Search search() {
    return new Search(
        Arrays.copyOfRange(micros, from, to), Arrays.copyOfRange(checksums, from, to));
  }

  /// The number of occurrences of each entry.
  public Counts counts() {
    var counts = new HashMap<Mark, Integer>();
    for (int i = from; i < to; i++) {
      counts.merge(new Mark(micros[i], checksums[i]), 1, Integer::sum);
    }
    return new Counts(counts);
  }

  /// Known entries, in any order.
  public static final class Counts {
    private final Map<Mark, Integer> counts;

    private Counts(Map<Mark, Integer> counts) {
      this.counts = counts;
    }

    /// Returns whether the entry was read before; each is found as often as it was read.
    public boolean take(long stamp, int checksum) {
      var mark = new Mark(stamp, checksum);
      int count = counts.getOrDefault(mark, 0);
      if (count == 0) {
        return false;
      }
      counts.put(mark, count - 1);
      return true;
    }
  }

  /// A search for the entries in sequence (Knuth, Morris and Pratt: nothing is read twice).
  public static final class Search {
    private final long[] micros;
    private final int[] checksums;
    private final int[] borders;
    private int matched;

    private Search(long[] micros, int[] checksums) {
      this.micros = micros;
      this.checksums = checksums;
      this.borders = new int[micros.length];
      for (int i = 1, border = 0; i < micros.length; i++) {
        while (border > 0 && !equal(i, border)) {
          border = borders[border - 1];
        }
        if (equal(i, border)) {
          border++;
        }
        borders[i] = border;
      }
    }

    public boolean isFound() {
      return matched == micros.length;
    }

    /// Takes the next entry of the response.
    public void accept(long stamp, int checksum) {
      while (matched > 0 && !isAt(matched, stamp, checksum)) {
        matched = borders[matched - 1];
      }
      if (isAt(matched, stamp, checksum)) {
        matched++;
      }
    }

    private boolean isAt(int index, long stamp, int checksum) {
      return micros[index] == stamp && checksums[index] == checksum;
    }

    private boolean equal(int one, int other) {
      return micros[one] == micros[other] && checksums[one] == checksums[other];
    }
  }
}
