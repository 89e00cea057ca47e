package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ConcurrencyQuotaTest {
  @Test
  void oneClusterMayDoWhatItsLimitSays() {
    assertEquals(64, new ConcurrencyQuota(1, 64).tasks());
    assertEquals(16, new ConcurrencyQuota(1, 16).tasks());
  }

  @Test
  void clustersKeepTheirOwnLimitWhereTheBoundLeavesRoom() {
    assertEquals(16, new ConcurrencyQuota(2, 16).tasks());
    assertEquals(4, new ConcurrencyQuota(5, 4).tasks());
  }

  @Test
  void manyClustersShareTheBoundEvenly() {
    assertEquals(6, new ConcurrencyQuota(5, 16).tasks());
    assertEquals(4, new ConcurrencyQuota(100, 16).tasks());
    assertEquals(1, new ConcurrencyQuota(5, 1).tasks());
  }

  @Test
  void whatOneNoLongerNeedsGoesToTheOthers() throws InterruptedException {
    var shares = new ConcurrencyQuota(4, 16);
    assertEquals(8, shares.tasks());
    shares.enter();
    shares.leave();
    assertEquals(10, shares.tasks());
    shares.enter();
    shares.leave();
    assertEquals(16, shares.tasks());
  }
}
