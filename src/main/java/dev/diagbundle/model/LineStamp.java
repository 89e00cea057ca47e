package dev.diagbundle.model;

import module java.base;

/// A parser of the timestamps of log lines, in the forms found in bundles: RFC 3339 and similar
/// forms (container logs, CRI, calico, Python, nginx), `journalctl --output=short-precise --utc`,
/// syslog, klog (`I1121 02:31:04.870000`), `time=` and `ts=` (logrus, logfmt), JSON with such a
/// field, access logs (`[21/Nov/2026:02:31:04 +0000]`), and the first column of a table of Windows
/// events. It reads bytes and allocates nothing, because it is called for every line. For one
/// thread.
public final class LineStamp {
  /// The value for a line without a time.
  public static final long NONE = Long.MIN_VALUE;

  /// Bytes of the time that an entry of the journal begins with.
  public static final int JOURNAL_BYTES = 22;

  private static final String[] KEYS = {"time", "ts", "t", "timestamp", "@timestamp"};

  /// The maximum distance in bytes of a time from the start of a line that is not JSON.
  private static final int MAX_BEFORE_FIELD = 120;

  private final Instant present;
  private final long zoneSeconds;
  private final StampText text;
  private int length;
  private int begin;
  private int end;
  private long lastYearless = -1;
  private long lastSecond;

  /// @param present about when the log was read: of times without a year, and of dates whose order
  ///   of day and month is not known, the latest before it is meant
  /// @param zone of times without a zone
  public LineStamp(Instant present, ZoneOffset zone) {
    this.present = present.plusSeconds(zone.getTotalSeconds());
    this.zoneSeconds = zone.getTotalSeconds();
    this.text = new StampText(zoneSeconds);
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
    if (first == '{') {
      return inJson(line, from, to);
    }
    if (first == '[') {
      long micros = found(from + 1, text.at(line, from + 1, to).yearFirst());
      return micros == NONE ? inField(line, from, to) : micros;
    }
    if ((first == 'I' || first == 'W' || first == 'E' || first == 'F')
        && StampText.isDigit(line[from + 1])) {
      return found(from, ofKlog(line, from, to));
    }
    if (first >= 'A' && first <= 'S' && line[from + 3] == ' ') {
      long micros = found(from, ofJournal(line, from, to));
      if (micros != NONE) {
        return micros;
      }
    }
    return inField(line, from, to);
  }

  /// The time of a line that begins exactly as `journalctl --output=short-precise --utc` begins an
  /// entry; [#NONE] for all others, as continuation lines and markers are.
  public long journalMicros(byte[] line, int from, int to) {
    length = 0;
    return isJournal(line, from, to) ? found(from, ofJournal(line, from, to)) : NONE;
  }

  /// The number of bytes of the last line that contain only its time, with the space after it; zero
  /// if the time is part of the line's own text.
  public int length() {
    return length;
  }

  /// The time as it is written in the last line, which must have one.
  public String written(byte[] line) {
    return new String(line, begin, end - begin, StandardCharsets.ISO_8859_1);
  }

  /// The instant of a number of microseconds since 1970.
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
  }

  /// The first microsecond since 1970 that is not before the moment.
  public static long micros(Instant instant) {
    var up = instant.plusNanos(999);
    return Math.addExact(Math.multiplyExact(up.getEpochSecond(), 1_000_000L), up.getNano() / 1_000);
  }

  private long found(int from, long micros) {
    if (micros != NONE) {
      begin = from;
      end = text.position();
    }
    return micros;
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
      long micros = found(at, text.at(line, at, to).yearFirst());
      if (micros != NONE && text.skip(' ')) {
        length = text.position() - from;
      }
      return micros;
    }
    long micros = ofTable(line, at, to);
    return micros == NONE && at == from ? inField(line, from, to) : micros;
  }

  private long ofKlog(byte[] line, int from, int to) {
    var in = text.at(line, from + 1, to);
    int month = in.number(2, 2);
    int day = in.number(2, 2);
    in.oneOf(" ");
    return yearless(in, month, day, zoneSeconds);
  }

  private boolean isJournal(byte[] line, int from, int to) {
    if (to - from < JOURNAL_BYTES || line[from + 15] != '.') {
      return false;
    }
    var _ = text.at(line, from + 16, to).number(6, 6);
    return !text.failed();
  }

  /// The journal is read with `--utc`, and has fractions; syslog's files have neither.
  private long ofJournal(byte[] line, int from, int to) {
    long zone = isJournal(line, from, to) ? 0 : zoneSeconds;
    int month = text.at(line, from, to).month();
    if (month == 0 || !text.skip(' ')) {
      return NONE;
    }
    text.skipBlanks();
    int day = text.number(1, 2);
    text.oneOf(" ");
    long micros = yearless(text, month, day, zone);
    if (micros != NONE && text.peek() == ' ') {
      length = text.position() + 1 - from;
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
    if (in.failed()) {
      return NONE;
    }
    // Neighbours mostly share their second.
    long yearless = (((month * 100L + day) * 100 + hour) * 100 + minute) * 100 + second;
    if (yearless != lastYearless) {
      lastYearless = yearless;
      lastSecond = YearlessTime.second(present, month, day, hour, minute, second);
    }
    return lastSecond == NONE ? NONE : (lastSecond - zone) * 1_000_000 + micros;
  }

  /// A field of a line of logfmt, or the time in brackets of an access log.
  private long inField(byte[] line, int from, int to) {
    int stop = Math.min(to, from + MAX_BEFORE_FIELD);
    boolean begins = true;
    for (int at = from; at < stop; at++) {
      long micros = begins && (line[at] | 0x20) == 't' ? field(line, at, to, false) : NONE;
      if (micros == NONE && line[at] == '[') {
        micros = found(at + 1, text.at(line, at + 1, to).dayFirst());
      }
      if (micros != NONE) {
        return micros;
      }
      begins = line[at] == ' ' || line[at] == ',';
    }
    return NONE;
  }

  /// A field of the outermost object, wherever in the line: many write their fields sorted by name.
  private long inJson(byte[] line, int from, int to) {
    int depth = 0;
    boolean key = false;
    boolean quoted = false;
    for (int at = from; at < to; at++) {
      int b = line[at];
      if (quoted) {
        at += b == '\\' ? 1 : 0;
        quoted = b != '"';
      } else if (b == '"') {
        long micros = key ? field(line, at + 1, to, true) : NONE;
        if (micros != NONE) {
          return micros;
        }
        quoted = true;
        key = false;
      } else if (b == '{' || b == '[') {
        depth++;
        key = depth == 1;
      } else if (b == '}' || b == ']') {
        depth--;
      } else if (b == ',') {
        key = depth == 1;
      }
    }
    return NONE;
  }

  private long field(byte[] line, int at, int to, boolean json) {
    for (String key : KEYS) {
      var in = text.at(line, at, to);
      if (in.skipWord(key) && (json ? in.skip('"') && in.skip(':') : in.skip('='))) {
        in.skipBlanks();
        var _ = in.skip('"');
        int value = in.position();
        long micros = in.yearFirst();
        return found(value, micros == NONE ? text.at(line, value, to).epoch() : micros);
      }
    }
    return NONE;
  }

  /// A row of `Get-WinEvent | Format-Table`: the time in the node's culture, blanks, a number.
  private long ofTable(byte[] line, int from, int to) {
    begin = from;
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
    long micros = in.timeOf(year, month, day, false);
    if (micros == NONE) {
      return NONE;
    }
    int hour = text.at(line, timeAt, to).number(1, 2);
    while (in.peek() == ':' || in.peek() == '.' || StampText.isDigit(in.peek())) {
      in.oneOf(":.0123456789");
    }
    end = in.position();
    in.skipBlanks();
    long half = 12 * 3_600L * 1_000_000;
    if (in.skipWord("pm") || in.skipWord("p.m.")) {
      micros += hour < 12 ? half : 0;
      end = in.position();
    } else if (in.skipWord("am") || in.skipWord("a.m.")) {
      micros -= hour == 12 ? half : 0;
      end = in.position();
    }
    in.skipBlanks();
    return StampText.isDigit(in.peek()) ? micros : NONE;
  }

  private long distance(long micros) {
    return Math.abs(present.getEpochSecond() - micros / 1_000_000);
  }
}
