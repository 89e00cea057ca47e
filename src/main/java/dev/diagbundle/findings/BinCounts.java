package dev.diagbundle.findings;

import java.util.Arrays;

/// How many there were in each stretch of time, in as much memory as there are stretches in which
/// there were any. They mostly come in the order of time.
public final class BinCounts {
  private int[] bins = new int[4];
  private int[] counts = new int[4];
  private int size;

  /// What is told of each stretch.
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    void visit(int bin, int count) throws E;
  }

  public BinCounts() {}

  /// Counts one.
  ///
  /// @return whether the stretch had none before
  public boolean add(int bin) {
    int at = size > 0 && bins[size - 1] == bin ? size - 1 : Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] = counts[at] == Integer.MAX_VALUE ? counts[at] : counts[at] + 1;
      return false;
    }
    insert(-at - 1, bin);
    return true;
  }

  /// Counts so many of a stretch after all others; of any other stretch, nothing.
  public void append(int bin, long count) {
    if (size == 0 || bins[size - 1] < bin) {
      insert(size, bin);
      counts[size - 1] = (int) Math.min(Integer.MAX_VALUE, count);
    }
  }

  /// Makes one stretch of each two.
  public void coarsen() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int bin = bins[i] / 2;
      if (kept > 0 && bins[kept - 1] == bin) {
        counts[kept - 1] = (int) Math.min(Integer.MAX_VALUE, (long) counts[kept - 1] + counts[i]);
        continue;
      }
      bins[kept] = bin;
      counts[kept++] = counts[i];
    }
    size = kept;
  }

  /// How many stretches have any.
  public int size() {
    return size;
  }

  /// Tells of those that have any, in the order of time.
  public <E extends Exception> void each(Visitor<E> visitor) throws E {
    for (int i = 0; i < size; i++) {
      visitor.visit(bins[i], counts[i]);
    }
  }

  private void insert(int place, int bin) {
    if (size == bins.length) {
      bins = Arrays.copyOf(bins, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bins, place, bins, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    bins[place] = bin;
    counts[place] = 1;
    size++;
  }
}
