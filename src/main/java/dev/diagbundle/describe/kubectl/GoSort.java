package dev.diagbundle.describe.kubectl;

import module java.base;

/// Sorting as Go's package `sort` does it, which kubectl uses. It is not stable, but it is
/// deterministic: the order of equal elements depends on their number and their initial positions.
/// Up to twelve elements are sorted by insertion, which keeps equal ones in order; more by
/// pattern-defeating quicksort.
///
/// @see <a href="https://pkg.go.dev/sort#Sort">sort.Sort</a>
/// @see <a href="https://arxiv.org/abs/2106.05123">Pattern-defeating quicksort</a>
public final class GoSort<T> {
  private static final int MAX_INSERTION = 12;
  private static final int MIN_NINTHER = 50;
  private static final int MIN_SHIFTING = 50;
  private static final int MIN_SHUFFLED = 8;
  private static final int MAX_PIVOT_SWAPS = 12;
  private static final int MAX_STEPS = 5;

  private final List<T> items;
  private final Comparator<? super T> order;
  private int pivotSwaps;

  private GoSort(List<T> items, Comparator<? super T> order) {
    this.items = items;
    this.order = order;
  }

  /// A sorted copy.
  public static <T> List<T> sorted(List<T> items, Comparator<? super T> order) {
    var copy = new ArrayList<>(items);
    new GoSort<>(copy, order).sort(0, copy.size(), bits(copy.size()));
    return copy;
  }

  /// Sorts from `start` to before `finish`; `limit` is the remaining number of bad partitions.
  private void sort(int start, int finish, int limit) {
    int from = start;
    int to = finish;
    int left = limit;
    boolean balanced = true;
    boolean partitioned = true;
    while (to - from > MAX_INSERTION) {
      if (left == 0) {
        heapSort(from, to);
        return;
      }
      if (!balanced) {
        shuffle(from, to);
        left--;
      }
      int pivot = pivot(from, to);
      boolean increasing = pivotSwaps == 0;
      if (pivotSwaps == MAX_PIVOT_SWAPS) {
        Collections.reverse(items.subList(from, to));
        pivot = (to - 1) - (pivot - from);
        increasing = true;
      }
      if (balanced && partitioned && increasing && finishedByFewInsertions(from, to)) {
        return;
      }
      // Elements before it are not greater, so an equal pivot is the least: its equals go first.
      if (from > 0 && !less(from - 1, pivot)) {
        from = partitionEqual(from, to, pivot);
        continue;
      }
      partitioned = isPartitioned(from, to, pivot);
      int middle = partition(from, to);
      int fair = (to - from) / 8;
      if (middle - from < to - middle) {
        balanced = middle - from >= fair;
        sort(from, middle, left);
        from = middle + 1;
      } else {
        balanced = to - middle >= fair;
        sort(middle + 1, to, left);
        to = middle;
      }
    }
    insertionSort(from, to);
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      for (int j = i; j > from && less(j, j - 1); j--) {
        swap(j, j - 1);
      }
    }
  }

  private void heapSort(int from, int to) {
    int size = to - from;
    for (int i = (size - 1) / 2; i >= 0; i--) {
      siftDown(from, i, size);
    }
    for (int i = size - 1; i >= 0; i--) {
      swap(from, from + i);
      siftDown(from, 0, i);
    }
  }

  private void siftDown(int from, int top, int size) {
    int root = top;
    int child = 2 * root + 1;
    while (child < size) {
      if (child + 1 < size && less(from + child, from + child + 1)) {
        child++;
      }
      if (!less(from + root, from + child)) {
        return;
      }
      swap(from + root, from + child);
      root = child;
      child = 2 * root + 1;
    }
  }

  /// Moves the pivot to the front, and returns whether the rest can be partitioned without swaps.
  private boolean isPartitioned(int from, int to, int pivot) {
    swap(from, pivot);
    int i = from + 1;
    int j = to - 1;
    while (i <= j && less(i, from)) {
      i++;
    }
    while (i <= j && !less(j, from)) {
      j--;
    }
    return i > j;
  }

  /// Divides by the pivot at the front, and returns where it ends.
  private int partition(int from, int to) {
    int i = from + 1;
    int j = to - 1;
    while (true) {
      while (i <= j && less(i, from)) {
        i++;
      }
      while (i <= j && !less(j, from)) {
        j--;
      }
      if (i > j) {
        swap(j, from);
        return j;
      }
      swap(i++, j--);
    }
  }

  /// Moves what equals the pivot, the least, to the front, and returns where the greater begins.
  private int partitionEqual(int from, int to, int pivot) {
    swap(from, pivot);
    int i = from + 1;
    int j = to - 1;
    while (true) {
      while (i <= j && !less(from, i)) {
        i++;
      }
      while (i <= j && less(from, j)) {
        j--;
      }
      if (i > j) {
        return i;
      }
      swap(i++, j--);
    }
  }

  private boolean finishedByFewInsertions(int from, int to) {
    int i = from + 1;
    for (int step = 0; step < MAX_STEPS; step++) {
      while (i < to && !less(i, i - 1)) {
        i++;
      }
      if (i == to) {
        return true;
      }
      if (to - from < MIN_SHIFTING) {
        return false;
      }
      swap(i, i - 1);
      // Go goes down to the first element of all, not of the part.
      for (int j = i - 1; i - from >= 2 && j >= 1 && less(j, j - 1); j--) {
        swap(j, j - 1);
      }
      for (int j = i + 1; to - i >= 2 && j < to && less(j, j - 1); j++) {
        swap(j, j - 1);
      }
    }
    return false;
  }

  /// Scatters three elements, by a generator whose seed is the length.
  private void shuffle(int from, int to) {
    int length = to - from;
    if (length < MIN_SHUFFLED) {
      return;
    }
    long random = length;
    long mask = (1L << bits(length)) - 1;
    int first = from + length / 4 * 2 - 1;
    for (int i = 0; i < 3; i++) {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      int other = (int) (random & mask);
      swap(first + i, from + (other >= length ? other - length : other));
    }
  }

  /// The position of the pivot; how much the elements looked at were out of order is left in a
  /// field.
  private int pivot(int from, int to) {
    int quarter = (to - from) / 4;
    int i = from + quarter;
    int j = from + quarter * 2;
    int k = from + quarter * 3;
    pivotSwaps = 0;
    if (to - from >= MIN_NINTHER) {
      i = median(i - 1, i, i + 1);
      j = median(j - 1, j, j + 1);
      k = median(k - 1, k, k + 1);
    }
    return median(i, j, k);
  }

  private int median(int first, int second, int third) {
    int a = first;
    int b = second;
    if (less(b, a)) {
      pivotSwaps++;
      a = second;
      b = first;
    }
    if (less(third, b)) {
      pivotSwaps++;
      b = third;
    }
    if (less(b, a)) {
      pivotSwaps++;
      return a;
    }
    return b;
  }

  private boolean less(int one, int other) {
    return order.compare(items.get(one), items.get(other)) < 0;
  }

  private void swap(int one, int other) {
    Collections.swap(items, one, other);
  }

  private static int bits(int number) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(number);
  }
}
