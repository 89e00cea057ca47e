package dev.diagbundle.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Reads the time that a line of a log begins with, as logs stand in bundles: RFC 3339 and what
/// looks like it (container logs, CRI, calico), `journalctl --output=short-precise --utc`, syslog,
/// klog (`I1121 02:31:04.870000`), `time=` and `ts=` (logrus, logfmt), JSON with such a field, and
/// the first column of a table of Windows events. For one thread.
public final class LineStamp {
  /// What a line without a time has.
  public static final long NONE = Long.MIN_VALUE;

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String[] KEYS = {"time", "ts", "t", "timestamp", "@timestamp"};

  /// A field with the time stands within so many bytes from the begin of a line.
  private static final int MAX_BEFORE_FIELD = 120;

  private final Instant present;
  private final long zoneSeconds;
  private final StampText text = new StampText();
  private int length;

  /// @param present about when the log was read: of times without a year, and of dates whose order
  ///   of day and month is not known, the latest before it is meant
  /// @param zone of times that name none
  public LineStamp(Instant present, ZoneOffset zone) {
    this.present = present.plusSeconds(zone.getTotalSeconds());
    this.zoneSeconds = zone.getTotalSeconds();
  }

  /// The line's time in microseconds since 1970, or [#NONE].
  public long micros(byte[] line, int from, int to) {
    length = 0;
    if (to - from < 8) {
      return NONE;
    }
    int first = line[from];
    if (StampText.isDigit(first) || first == ' ') {
      return atDigit(line, from, to);
    }
    if (first == '[') {
      return dated(text.at(line, from + 1, to));
    }
    if ((first == 'I' || first == 'W' || first == 'E' || first == 'F')
        && StampText.isDigit(line[from + 1])) {
      return ofKlog(line, from, to);
    }
    if (first >= 'A' && first <= 'S' && line[from + 3] == ' ') {
      return ofJournal(line, from, to);
    }
    return inField(line, from, to);
  }

  /// How many bytes of the last line are only its time, with the blank behind it; zero if the time
  /// is part of the line's own text.
  public int length() {
    return length;
  }

  /// The moment that microseconds since 1970 stand for.
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
  }

  private long atDigit(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] == ' ' && at - from < 12) {
      at++;
    }
    if (to - at > 18
        && at == from
        && StampText.isDigit(line[at + 3])
        && (line[at + 4] == '-' || line[at + 4] == '/')) {
      long micros = dated(text.at(line, at, to));
      if (micros != NONE && text.skip(' ')) {
        length = text.position() - from;
      }
      return micros;
    }
    return ofTable(line, at, to);
  }

  /// Year first, with or without a zone.
  private long dated(StampText in) {
    int year = in.number(4, 4);
    int separator = in.oneOf("-/");
    int month = in.number(1, 2);
    if (!in.skip(separator)) {
      return NONE;
    }
    int day = in.number(1, 2);
    in.oneOf("T ");
    in.skipBlanks();
    return timed(in, year, month, day, true);
  }

  private long timed(StampText in, int year, int month, int day, boolean zoned) {
    int hour = in.number(1, 2);
    in.oneOf(":.");
    int minute = in.number(2, 2);
    in.oneOf(":.");
    int second = in.number(2, 2);
    int micros = in.fraction();
    if (in.failed() || hour > 23 || minute > 59 || second > 60 || year < 1970 || year > 2200) {
      return NONE;
    }
    long zone = zoned ? zone(in) : zoneSeconds;
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long seconds = days * 86_400 + hour * 3_600L + minute * 60L + Math.min(second, 59) - zone;
      return seconds * 1_000_000 + micros;
    } catch (DateTimeException _) {
      return NONE;
    }
  }

  /// Seconds ahead of UTC.
  private long zone(StampText in) {
    if (in.skip('Z')) {
      return 0;
    }
    int sign = in.peek();
    if (sign != '+' && sign != '-') {
      return zoneSeconds;
    }
    in.oneOf("+-");
    int hours = in.number(2, 2);
    var _ = in.skip(':');
    int minutes = in.number(2, 2);
    return in.failed() ? zoneSeconds : (sign == '-' ? -1 : 1) * (hours * 3_600L + minutes * 60L);
  }

  private long ofKlog(byte[] line, int from, int to) {
    var in = text.at(line, from + 1, to);
    int month = in.number(2, 2);
    int day = in.number(2, 2);
    in.oneOf(" ");
    return yearless(in, month, day, zoneSeconds);
  }

  /// The journal is read with `--utc`, and has fractions; syslog's files have neither.
  private long ofJournal(byte[] line, int from, int to) {
    int month = 0;
    for (int i = 0; i < 12 && month == 0; i++) {
      if (text.at(line, from, to).skipWord(MONTHS.substring(3 * i, 3 * i + 3))) {
        month = i + 1;
      }
    }
    if (month == 0 || !text.skip(' ')) {
      return NONE;
    }
    text.skipBlanks();
    int day = text.number(1, 2);
    text.oneOf(" ");
    boolean precise = to - from > 22 && line[from + 15] == '.';
    long micros = yearless(text, month, day, precise ? 0 : zoneSeconds);
    if (micros != NONE && text.skip(' ')) {
      length = text.position() - from;
    }
    return micros;
  }

  private long yearless(StampText in, int month, int day, long zone) {
    int hour = in.number(2, 2);
    in.oneOf(":");
    int minute = in.number(2, 2);
    in.oneOf(":");
    int second = in.number(2, 2);
    int micros = in.fraction();
    long seconds =
        in.failed() ? NONE : YearlessTime.second(present, month, day, hour, minute, second);
    return seconds == NONE ? NONE : (seconds - zone) * 1_000_000 + micros;
  }

  /// A field of a line of logfmt or JSON.
  private long inField(byte[] line, int from, int to) {
    boolean json = line[from] == '{';
    int end = Math.min(to, from + MAX_BEFORE_FIELD);
    boolean begins = true;
    for (int at = from; at < end; at++) {
      if (begins) {
        for (String key : KEYS) {
          long micros = field(line, at, to, key, json);
          if (micros != NONE) {
            return micros;
          }
        }
      }
      begins = line[at] == ' ' || line[at] == '{' || line[at] == ',';
    }
    return NONE;
  }

  private long field(byte[] line, int at, int to, String key, boolean json) {
    var in = text.at(line, at, to);
    boolean named =
        json
            ? in.skip('"') && in.skipWord(key) && in.skip('"') && in.skip(':')
            : in.skipWord(key) && in.skip('=');
    if (!named) {
      return NONE;
    }
    in.skipBlanks();
    var _ = in.skip('"');
    int value = in.position();
    long micros = dated(in);
    return micros == NONE ? ofEpoch(text.at(line, value, to)) : micros;
  }

  /// Seconds since 1970, as zap writes them.
  private static long ofEpoch(StampText in) {
    int begin = in.position();
    long seconds = in.number(9, 9) * 10L + in.number(1, 1);
    if (in.failed() || in.position() - begin != 10 || in.peek() != '.') {
      return NONE;
    }
    return seconds * 1_000_000 + in.fraction();
  }

  /// A row of `Get-WinEvent | Format-Table`: the time in the node's culture, blanks, a number.
  private long ofTable(byte[] line, int from, int to) {
    var in = text.at(line, from, to);
    int first = in.number(1, 4);
    int separator = in.oneOf("/.-");
    int second = in.number(1, 2);
    if (in.failed() || !in.skip(separator)) {
      return NONE;
    }
    int third = in.number(1, 4);
    in.oneOf(" ");
    in.skipBlanks();
    int timeAt = in.position();
    if (in.failed()) {
      return NONE;
    }
    if (first > 31) {
      return row(line, timeAt, to, first, second, third);
    }
    long dayFirst = row(line, timeAt, to, third, second, first);
    long monthFirst = row(line, timeAt, to, third, first, second);
    if (separator != '/' || monthFirst == NONE) {
      return dayFirst;
    }
    return dayFirst == NONE || distance(monthFirst) <= distance(dayFirst) ? monthFirst : dayFirst;
  }

  private long row(byte[] line, int timeAt, int to, int year, int month, int day) {
    var in = text.at(line, timeAt, to);
    long micros = timed(in, year, month, day, false);
    if (micros == NONE) {
      return NONE;
    }
    int hour = text.at(line, timeAt, to).number(1, 2);
    while (in.peek() == ':' || in.peek() == '.' || StampText.isDigit(in.peek())) {
      in.oneOf(":.0123456789");
    }
    in.skipBlanks();
    long half = 12 * 3_600L * 1_000_000;
    if (in.skipWord("pm") || in.skipWord("p.m.")) {
      micros += hour < 12 ? half : 0;
    } else if (in.skipWord("am") || in.skipWord("a.m.")) {
      micros -= hour == 12 ? half : 0;
    }
    in.skipBlanks();
    return StampText.isDigit(in.peek()) ? micros : NONE;
  }

  private long distance(long micros) {
    return Math.abs(present.getEpochSecond() - micros / 1_000_000);
  }
}
