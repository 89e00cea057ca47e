package dev.diagbundle.findings;

import java.util.Arrays;

/// Counts for bins of time, in memory proportional to the number of non-empty bins. Most counts
/// arrive in the order of time.
public final class BinCounts {
  private int[] bins = new int[4];
  private int[] counts = new int[4];
  private int size;

  /// A visitor of bins.
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    void visit(int bin, int count) throws E;
  }

  public BinCounts() {}

  /// Adds one to a bin.
  ///
  /// @return true if the bin was empty before
  public boolean add(int bin) {
    int at = size > 0 && bins[size - 1] == bin ? size - 1 : Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] = counts[at] == Integer.MAX_VALUE ? counts[at] : counts[at] + 1;
      return false;
    }
    insert(-at - 1, bin);
    return true;
  }

  /// Appends the count of a bin after all others; ignores any other bin.
  public void append(int bin, long count) {
    if (size == 0 || bins[size - 1] < bin) {
      insert(size, bin);
      counts[size - 1] = (int) Math.min(Integer.MAX_VALUE, count);
    }
  }

  /// Merges each pair of bins into one.
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

  /// The number of non-empty bins.
  public int size() {
    return size;
  }

  /// Visits the non-empty bins, in the order of time.
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
