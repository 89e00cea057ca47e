package dev.diagbundle.bundle.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FairSharesTest {
  @Test
  void whoWantsLittleGetsItAndTheOthersShareTheRest() {
    assertArrayEquals(new long[] {10, 45, 45}, FairShares.of(100, new long[] {10, 500, 60}, 1));
  }

  @Test
  void whatOneHasHadCountsAsIts() {
    assertArrayEquals(
        new long[] {20, 50, 30},
        FairShares.of(100, new long[] {30, 0, 20}, new long[] {900, 900, 900}, 1));
    assertArrayEquals(
        new long[] {0, 50, 50},
        FairShares.of(100, new long[] {300, 0, 0}, new long[] {900, 900, 900}, 1));
  }

  @Test
  void ratherThanTooLittleForAllThereIsEnoughForTheFirst() {
    assertArrayEquals(
        new long[] {40, 5, 40, 0}, FairShares.of(100, new long[] {90, 5, 90, 90}, 40));
  }

  @Test
  void sharesNeverExceedTheRoomAndNothingIsWasted() {
    var random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      int count = 1 + random.nextInt(9);
      var had = random.longs(count, 0, random.nextBoolean() ? 1 : 900).toArray();
      var wanted = random.longs(count, 0, 1_000).toArray();
      long room = random.nextLong(4_000);
      var shares = FairShares.of(room, had, wanted, 0);
      long sum = Arrays.stream(shares).sum();
      assertTrue(sum <= room);
      long all = Arrays.stream(wanted).sum();
      assertTrue(sum >= Math.min(all, room) - count, sum + " of " + room);
    }
  }

  @Test
  void whatIsLessImportantHasItsShareAndWhatItDoesNotNeedGoesOn() {
    var wanted = new EnumMap<PriorityTier, Long>(PriorityTier.class);
    wanted.put(PriorityTier.TELLING, 100L);
    wanted.put(PriorityTier.BROKEN_PODS, 5_000L);
    wanted.put(PriorityTier.OTHERS, 5_000L);
    assertEquals(
        Map.of(
            PriorityTier.TELLING, 100L,
            PriorityTier.OBJECTS, 0L,
            PriorityTier.BROKEN_PODS, 800L,
            PriorityTier.KUBELETS, 0L,
            PriorityTier.OTHERS, 100L),
        PriorityTier.shares(1_000, wanted));
  }
}
