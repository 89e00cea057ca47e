package dev.diagbundle.describe.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoSortTest {
  /// An element with a place, so that equal ones can be told apart.
  private record Item(int key, int place) {}

  private static final Comparator<Item> BY_KEY = Comparator.comparingInt(Item::key);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 49, 50, 51, 300, 5_000})
  void everythingComesOutInOrder(int size) {
    for (int kinds : List.of(1, 3, 50, 1_000_000)) {
      var random = new Random(size * 31L + kinds);
      var items = items(IntStream.generate(() -> random.nextInt(kinds)).limit(size).toArray());
      assertSorted(items);
      assertSorted(items.reversed());
      assertSorted(GoSort.sorted(items, BY_KEY));
      assertSorted(GoSort.sorted(items, BY_KEY).reversed());
    }
  }

  @Test
  void upToTwelveEqualElementsKeepTheirOrder() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      var items = items(IntStream.generate(() -> random.nextInt(4)).limit(12).toArray());
      assertEquals(items.stream().sorted(BY_KEY).toList(), GoSort.sorted(items, BY_KEY));
    }
  }

  @Test
  void anOrderMadeAgainstQuicksortCostsLittleMore() {
    // Every comparison is answered so that the pivot is as bad as it can be (McIlroy, 1999).
    int size = 5_000;
    var values = new ArrayList<>(Collections.nCopies(size, size));
    var comparisons = new AtomicLong();
    var solid = new int[1];
    var candidate = new int[1];
    Comparator<Integer> hostile =
        (one, other) -> {
          comparisons.incrementAndGet();
          if (values.get(one) == size && values.get(other) == size) {
            values.set(one == candidate[0] ? one : other, solid[0]++);
          }
          if (values.get(one) == size) {
            candidate[0] = one;
          } else if (values.get(other) == size) {
            candidate[0] = other;
          }
          return Integer.compare(values.get(one), values.get(other));
        };
    var sorted = GoSort.sorted(IntStream.range(0, size).boxed().toList(), hostile);
    assertEquals(size, sorted.stream().distinct().count());
    assertTrue(comparisons.get() < 60L * size, comparisons + " comparisons");
  }

  private static void assertSorted(List<Item> items) {
    var sorted = GoSort.sorted(items, BY_KEY);
    assertEquals(
        items.stream().map(Item::key).sorted().toList(), sorted.stream().map(Item::key).toList());
    assertEquals(items.size(), sorted.stream().distinct().count());
  }

  private static List<Item> items(int[] keys) {
    return IntStream.range(0, keys.length).mapToObj(i -> new Item(keys[i], i)).toList();
  }
}
