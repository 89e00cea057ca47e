package dev.diagbundle.serve;

import module java.base;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A reader of journal entries from the output of `journalctl --utc --output=short-precise`. A line
/// that does not start like an entry belongs to the entry before it.
final class JournalReader implements AutoCloseable {
  private static final Pattern HEAD =
      Pattern.compile("([A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6}) \\S+ [^:]*: ?(.*)");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH);

  private final BufferedReader reader;
  private final Instant recorded;
  private @Nullable String ahead;
  private String bootLine = "";
  private int boot;

  /// @param recorded no entry is more than a day later; it decides the year
  JournalReader(InputStream in, Instant recorded) {
    this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.recorded = recorded;
  }

  /// One entry.
  ///
  /// @param message text that patterns are matched against
  /// @param text the lines as printed, with their ends
  /// @param boot counts the boots in the file, from 0
  /// @param bootLine the line before the first entry of a later boot
  record Entry(Instant time, String message, String text, int boot, String bootLine) {}

  /// The next entry, or empty at the end.
  Optional<Entry> next() throws IOException {
    var line = ahead != null ? ahead : reader.readLine();
    ahead = null;
    while (line != null) {
      if (isBootLine(line)) {
        boot++;
        bootLine = line + "\n";
      } else {
        var matcher = HEAD.matcher(line);
        if (matcher.matches()) {
          return Optional.of(entry(line, matcher.group(1), matcher.group(2)));
        }
      }
      line = reader.readLine();
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Entry entry(String line, String stamp, String first) throws IOException {
    var text = new StringBuilder(line).append('\n');
    var message = new StringBuilder(first);
    var next = reader.readLine();
    while (next != null && next.startsWith(" ")) {
      text.append(next).append('\n');
      message.append('\n').append(next.strip());
      next = reader.readLine();
    }
    ahead = next;
    return new Entry(time(stamp), message.toString(), text.toString(), boot, bootLine);
  }

  private Instant time(String stamp) {
    int year = recorded.atOffset(ZoneOffset.UTC).getYear();
    try {
      var time = LocalDateTime.parse(year + " " + stamp, STAMP).toInstant(ZoneOffset.UTC);
      return time.isAfter(recorded.plus(Duration.ofDays(1)))
          ? LocalDateTime.parse(year - 1 + " " + stamp, STAMP).toInstant(ZoneOffset.UTC)
          : time;
    } catch (DateTimeException _) {
      // 29 February of a leap year: the only day that exists in one year and not in the other.
      return LocalDateTime.parse(year - 1 + " " + stamp, STAMP).toInstant(ZoneOffset.UTC);
    }
  }

  static boolean isBootLine(String line) {
    return line.startsWith("-- Boot ") || line.equals("-- Reboot --");
  }
}
