package dev.diagbundle.cluster.nodelog;

import dev.diagbundle.model.YearlessTime;
import java.time.Instant;
import java.util.Arrays;

/// Reads the stamps at the beginning of lines of `journalctl --output=short-precise --utc`, as in
/// `Nov 21 02:29:27.253775`. They have no year; the latest one that does not lie behind the present
/// is meant. For one thread.
public final class JournalStamp {
  /// Bytes of a stamp.
  static final int LENGTH = 22;

  /// What a line without a stamp has.
  public static final long NONE = Long.MIN_VALUE;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /// Bytes of a stamp to its second.
  private static final int SECOND_BYTES = 15;

  private final Instant present;
  private final byte[] lastText = new byte[SECOND_BYTES];
  private long lastSecond = NONE;

  /// Stamps as they are read at about this time.
  ///
  /// @param present about now, by the clock that makes the stamps
  public JournalStamp(Instant present) {
    this.present = present;
  }

  /// What the line is stamped with, in microseconds since 1970; [#NONE] if it begins otherwise, as
  /// continuation lines and markers do.
  public long micros(byte[] buffer, int from, int to) {
    if (to - from < LENGTH || buffer[from + SECOND_BYTES] != '.') {
      return NONE;
    }
    int micros = number(buffer, from + SECOND_BYTES + 1, from + LENGTH);
    if (micros < 0) {
      return NONE;
    }
    // Neighbours mostly share their second.
    if (lastSecond == NONE
        || !Arrays.equals(lastText, 0, SECOND_BYTES, buffer, from, from + SECOND_BYTES)) {
      long second = second(buffer, from);
      if (second == NONE) {
        return NONE;
      }
      System.arraycopy(buffer, from, lastText, 0, SECOND_BYTES);
      lastSecond = second;
    }
    return lastSecond * 1_000_000 + micros;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  private long second(byte[] line, int from) {
    if (line[from + 3] != ' ' || line[from + 6] != ' ' || line[from + 9] != ':') {
      return NONE;
    }
    int month = month(line, from);
    int day = number(line, line[from + 4] == ' ' ? from + 5 : from + 4, from + 6);
    int hour = number(line, from + 7, from + 9);
    int minute = number(line, from + 10, from + 12);
    int second = number(line, from + 13, from + SECOND_BYTES);
    return YearlessTime.second(present, month, day, hour, minute, second);
  }

  private static int month(byte[] line, int from) {
    for (int month = 0; month < 12; month++) {
      if (line[from] == MONTHS.charAt(3 * month)
          && line[from + 1] == MONTHS.charAt(3 * month + 1)
          && line[from + 2] == MONTHS.charAt(3 * month + 2)) {
        return month + 1;
      }
    }
    return -1;
  }

  private static int number(byte[] line, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return -1;
      }
      number = 10 * number + line[i] - '0';
    }
    return number;
  }
}
