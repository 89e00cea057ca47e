package dev.diagbundle.analyze.facts;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Amounts as Kubernetes writes them, for example `250m` or `1.5Gi`
/// (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).
public final class Amount {
  private static final int MAX_LENGTH = 32;
  // An exponent of more digits would make a number of any length.
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Amount() {}

  /// Thousandths of the amount; 0 for what is no amount.
  public static long thousandths(String text) {
    return exactThousandths(text).orElse(0);
  }

  /// Thousandths of the amount, which may be negative; empty for what is no amount.
  public static OptionalLong exactThousandths(String text) {
    if (text.startsWith("-")) {
      var size = positive(text.substring(1));
      return size.isEmpty() ? size : OptionalLong.of(-size.getAsLong());
    }
    return positive(text);
  }

  private static OptionalLong positive(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return OptionalLong.empty();
    }
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    var unit = UNITS.get(text.substring(end));
    // 1e3 ends in a digit, so its exponent is part of the number.
    var digits = text.substring(0, end);
    if (unit == null || !isNumber(digits)) {
      return OptionalLong.empty();
    }
    var value = new BigDecimal(digits).multiply(unit).multiply(BigDecimal.valueOf(1_000));
    return OptionalLong.of(value.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }

  private static boolean isNumber(String digits) {
    return NUMBER.matcher(digits).matches();
  }
}
