package dev.diagbundle.analyze.rules.support;

import module java.base;

/// The schedule of a CronJob: five fields, or a macro such as `@daily`, parsed as by the library
/// that Kubernetes uses (<https://pkg.go.dev/github.com/robfig/cron/v3>).
public final class CronSchedule {
  private static final int MAX_LENGTH = 500;

  /// The maximum number of days to search for a due day, which may never come, such as 30 February.
  private static final int MAX_DAYS = 4 * 366;

  private static final int MAX_STEPS = 10;
  private static final Map<String, String> NAMED =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private final ZoneId zone;
  private final Optional<Duration> every;
  private final List<Part> parts;

  /// The values of a field.
  ///
  /// @param any true if it is a star, and restricts nothing
  private record Part(BitSet values, boolean any) {
    boolean has(int value) {
      return values.get(value);
    }
  }

  private CronSchedule(ZoneId zone, Optional<Duration> every, List<Part> parts) {
    this.zone = zone;
    this.every = every;
    this.parts = List.copyOf(parts);
  }

  /// @param zone a name such as `Europe/Paris`; empty for that of the controller, taken to be UTC
  /// @return the schedule; empty if it cannot be parsed
  public static Optional<CronSchedule> parse(String text, String zone) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(text.strip(), ZoneId.of(zone.isEmpty() ? "UTC" : zone)));
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException _) {
      // A schedule that the controller cannot parse either, or that only it can.
      return Optional.empty();
    }
  }

  /// The last times before `now` at which it was due, the latest first.
  public List<Instant> before(Instant now, int count) {
    var times = new ArrayList<Instant>();
    if (every.isPresent()) {
      for (int i = 1; i <= Math.min(count, MAX_STEPS); i++) {
        times.add(now.minus(every.get().multipliedBy(i)));
      }
      return times;
    }
    var at = LocalDateTime.ofInstant(now, zone);
    var day = at.toLocalDate();
    for (int i = 0; i < MAX_DAYS && times.size() < count; i++, day = day.minusDays(1)) {
      if (isDay(day)) {
        addTimes(day, at, times, count);
      }
    }
    return times;
  }

  private void addTimes(LocalDate day, LocalDateTime now, List<Instant> times, int count) {
    for (int hour = 23; hour >= 0; hour--) {
      for (int minute = 59; minute >= 0 && times.size() < count; minute--) {
        if (parts.get(1).has(hour) && parts.get(0).has(minute)) {
          var due = day.atTime(hour, minute);
          if (due.isBefore(now)) {
            times.add(due.atZone(zone).toInstant());
          }
        }
      }
    }
  }

  private boolean isDay(LocalDate day) {
    if (!parts.get(3).has(day.getMonthValue())) {
      return false;
    }
    boolean ofMonth = parts.get(2).has(day.getDayOfMonth());
    boolean ofWeek = parts.get(4).has(day.getDayOfWeek().getValue() % 7);
    // If both days are restricted, either of them matches.
    boolean both = parts.get(2).any || parts.get(4).any;
    return both ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  private static CronSchedule read(String text, ZoneId zone) {
    for (String prefix : List.of("CRON_TZ=", "TZ=")) {
      if (text.startsWith(prefix)) {
        int end = text.indexOf(' ');
        return read(text.substring(end).strip(), ZoneId.of(text.substring(prefix.length(), end)));
      }
    }
    if (text.startsWith("@every ")) {
      var every = Duration.parse("PT" + text.substring("@every ".length()).strip());
      if (every.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("too often");
      }
      return new CronSchedule(zone, Optional.of(every), List.of());
    }
    var fields = NAMED.getOrDefault(text, text).split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException("expected five fields");
    }
    return new CronSchedule(
        zone,
        Optional.empty(),
        List.of(
            part(fields[0], 0, 59, List.of()),
            part(fields[1], 0, 23, List.of()),
            part(fields[2], 1, 31, List.of()),
            part(fields[3], 1, 12, MONTHS),
            part(fields[4], 0, 6, DAYS)));
  }

  private static Part part(String field, int least, int most, List<String> names) {
    var values = new BitSet();
    boolean any = false;
    for (String each : field.split(",", -1)) {
      var stepped = each.split("/", 2);
      boolean star = stepped[0].equals("*") || stepped[0].equals("?");
      any |= star && stepped.length == 1;
      var range = stepped[0].split("-", 2);
      int from = star ? least : value(range[0], least, most, names);
      int to =
          star || (range.length == 1 && stepped.length == 2)
              ? most
              : value(range[range.length - 1], least, most, names);
      int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
      if (step < 1) {
        throw new IllegalArgumentException("zero step");
      }
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return new Part(values, any);
  }

  private static int value(String text, int least, int most, List<String> names) {
    int name = names.indexOf(text.toLowerCase(Locale.ROOT));
    int value = name >= 0 ? name + least : Integer.parseInt(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }
}
