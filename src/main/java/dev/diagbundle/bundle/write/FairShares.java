package dev.diagbundle.bundle.write;

import java.util.Arrays;

/// Max-min fair shares of a space among claimants: nobody gets more than a claimant who wants more,
/// and unused shares go to the others.
final class FairShares {
  private FairShares() {}

  /// The shares.
  ///
  /// @param wanted by each; the first are served first if the space is too small
  /// @param least minimum useful share: instead of less, some get nothing
  static long[] of(long room, long[] wanted, long least) {
    return of(room, new long[wanted.length], wanted, least);
  }

  /// The shares of claimants with previous grants, which count as theirs.
  ///
  /// @param had by each, outside of the space
  static long[] of(long room, long[] had, long[] wanted, long least) {
    long level = level(room, had, wanted);
    var shares = new long[wanted.length];
    boolean enough = true;
    for (int i = 0; i < wanted.length; i++) {
      shares[i] = Math.clamp(level - had[i], 0, wanted[i]);
      enough &= shares[i] >= Math.min(least, wanted[i]) || had[i] > 0;
    }
    return enough ? shares : inTurn(room, wanted, least);
  }

  private static long[] inTurn(long room, long[] wanted, long least) {
    var shares = new long[wanted.length];
    long left = room;
    for (int i = 0; i < wanted.length; i++) {
      long share = Math.min(wanted[i], least);
      if (share <= left) {
        shares[i] = share;
        left -= share;
      }
    }
    return shares;
  }

  /// The maximum for each claimant, including previous grants. It is the level at which all bounds
  /// meet: each takes part above its previous grant, and below its demand.
  private static long level(long room, long[] had, long[] wanted) {
    var begins = had.clone();
    var ends = new long[had.length];
    Arrays.setAll(ends, i -> had[i] + wanted[i]);
    Arrays.sort(begins);
    Arrays.sort(ends);
    long level = 0;
    long left = room;
    int begun = 0;
    for (int ended = 0; ended < ends.length; ) {
      boolean isBegin = begun < begins.length && begins[begun] <= ends[ended];
      long bound = isBegin ? begins[begun] : ends[ended];
      int taking = begun - ended;
      if (taking > 0 && bound - level > left / taking) {
        return level + left / taking;
      }
      left -= taking * (bound - level);
      level = bound;
      begun += isBegin ? 1 : 0;
      ended += isBegin ? 0 : 1;
    }
    return Long.MAX_VALUE;
  }
}
