package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// The text form of byte counts, as in `20MiB` or `25MB`.
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s?([A-Za-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30);

  private ByteSize() {}

  /// Reads a count of bytes with an optional decimal (kB, MB, GB) or binary (KiB, MiB, GiB) unit.
  /// Empty if the text is invalid, is zero, or does not fit a `long`.
  public static Optional<Long> parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return Optional.empty();
    }
    try {
      long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
      return bytes > 0 ? Optional.of(bytes) : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /// The count in decimal units with a non-breaking space, for people: `1.4 MB`.
  public static String format(long bytes) {
    if (bytes < 1_000) {
      return bytes + "\u00a0B";
    }
    double value = bytes;
    for (String unit : new String[] {"kB", "MB", "GB", "TB"}) {
      value /= 1_000;
      if (value < 999.5 || unit.equals("TB")) {
        return String.format(
            Locale.ROOT, value < 9.95 ? "%.1f\u00a0%s" : "%.0f\u00a0%s", value, unit);
      }
    }
    throw new AssertionError("unreachable");
  }
}
