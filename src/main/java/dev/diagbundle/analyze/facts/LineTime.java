package dev.diagbundle.analyze.facts;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// When a line of a log was written, by what stands at its beginning: an instant of RFC 3339
/// (containers), a date and a time of day (many programs), the header of klog (`I1121 02:31:21.9`),
/// or that of syslog and the journal (`Nov 21 02:31:21`). The last two know no year and no zone:
/// they are taken for UTC and for the year in which they are nearest to the reading.
final class LineTime {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final Duration HALF_A_YEAR = Duration.ofDays(182);
  private static final int MAX_STAMP = 40;

  private LineTime() {}

  /// @param read when the log was read
  static Optional<Instant> of(String line, Instant read) {
    try {
      return parse(line, read);
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException _) {
      // What looks like a time and is none.
      return Optional.empty();
    }
  }

  private static Optional<Instant> parse(String line, Instant read) {
    if (line.length() < 16) {
      return Optional.empty();
    }
    var text = line.startsWith("time=\"") ? line.substring(6) : line;
    if (isDigit(text, 0) && text.charAt(4) == '-' && text.charAt(7) == '-') {
      return dated(text);
    }
    if ("IWEFD".indexOf(line.charAt(0)) >= 0 && isDigit(line, 1) && line.charAt(5) == ' ') {
      int month = Integer.parseInt(line.substring(1, 3));
      int day = Integer.parseInt(line.substring(3, 5));
      return Optional.of(near(month, day, line.substring(6, 14), read));
    }
    int month = MONTHS.indexOf(line.substring(0, 3)) + 1;
    if (month > 0 && line.charAt(3) == ' ') {
      int day = Integer.parseInt(line.substring(4, 6).strip());
      return Optional.of(near(month, day, line.substring(7, 15), read));
    }
    return Optional.empty();
  }

  private static Optional<Instant> dated(String text) {
    if (text.charAt(10) == 'T') {
      int end = 11;
      while (end < text.length() && end < MAX_STAMP && isStampPart(text.charAt(end))) {
        end++;
      }
      return Optional.of(OffsetDateTime.parse(text.substring(0, end)).toInstant());
    }
    if (text.charAt(10) == ' ') {
      var local = LocalDateTime.parse(text.substring(0, 10) + "T" + text.substring(11, 19));
      return Optional.of(local.toInstant(ZoneOffset.UTC));
    }
    return Optional.empty();
  }

  private static Instant near(int month, int day, String time, Instant read) {
    int year = read.atOffset(ZoneOffset.UTC).getYear();
    var at = at(year, month, day, time);
    if (at.isAfter(read.plus(HALF_A_YEAR))) {
      return at(year - 1, month, day, time);
    }
    return at.isBefore(read.minus(HALF_A_YEAR)) ? at(year + 1, month, day, time) : at;
  }

  private static Instant at(int year, int month, int day, String time) {
    return LocalDateTime.of(
            year,
            month,
            day,
            Integer.parseInt(time.substring(0, 2)),
            Integer.parseInt(time.substring(3, 5)),
            Integer.parseInt(time.substring(6, 8)))
        .toInstant(ZoneOffset.UTC);
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static boolean isStampPart(char c) {
    return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == 'Z' || c == '+' || c == '-';
  }
}
