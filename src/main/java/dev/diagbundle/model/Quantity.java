package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// An amount of a resource, such as `500m` or `1536Mi`, with its original notation. Its text is the
/// canonical form of Kubernetes.
///
/// @param value without trailing zeros, to nine digits after the point at most
/// @param notation of the canonical form; does not affect the value
/// @see <a
///   href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">the
///   grammar</a>
public record Quantity(BigDecimal value, Notation notation) implements Comparable<Quantity> {
  /// The families of suffixes.
  public enum Notation {
    /// `n u m k M G T P E`, or none.
    DECIMAL,
    /// `Ki Mi Gi Ti Pi Ei`.
    BINARY,
    /// `e3`.
    EXPONENT
  }

  /// Zero, in the notation of plain numbers.
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Notation.DECIMAL);

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\\d+))");
  private static final List<String> DECIMAL_SUFFIXES =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final String BINARY_SUFFIXES = " KMGTPE";
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int NANO = 9;

  // No machine has 10^64 of anything. Beyond it, sums and forms would cost memory without a limit.
  private static final int MAX_TEXT = 64;
  private static final int MAX_MAGNITUDE = 64;

  public Quantity {
    value = value.stripTrailingZeros();
  }

  /// Reads a quantity as an API object has it, rounded away from zero to nine digits after the
  /// point. Empty if it is invalid, or unreasonably large.
  public static Optional<Quantity> parse(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(matcher.group(1));
    if (matcher.group(2) != null) {
      int power = BINARY_SUFFIXES.indexOf(matcher.group(2).charAt(0));
      return Optional.of(binary(rounded(number.multiply(KIBI.pow(power)))));
    }
    if (matcher.group(4) != null) {
      return scaled(number, matcher.group(4), Notation.EXPONENT);
    }
    int index = DECIMAL_SUFFIXES.indexOf(matcher.group(3));
    return scaled(number, String.valueOf(3 * index - NANO), Notation.DECIMAL);
  }

  /// The canonical form of a text that should be a quantity; the text itself if it is none.
  public static String canonical(String text) {
    return parse(text).map(Quantity::toString).orElse(text);
  }

  /// Thousandths of a text that should be a quantity, cut to a whole number; 0 if it is none.
  public static long thousandths(String text) {
    return parse(text)
        .map(quantity ->
            quantity.value.movePointRight(3).min(MAX_LONG).max(MAX_LONG.negate()).longValue())
        .orElse(0L);
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  /// The sum, in the notation of this quantity unless it is zero.
  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value), isZero() ? other.notation : notation);
  }

  /// The greater of both; this one if they are equal.
  public Quantity max(Quantity other) {
    return other.compareTo(this) > 0 ? other : this;
  }

  /// The percentage of another quantity, whose fractions do not count: both are rounded up to
  /// multiples of 10 to the power of `-digits`. Zero if the other one is zero.
  public long percentOf(Quantity whole, int digits) {
    double all = rounded(whole.value, digits).doubleValue();
    return all == 0 ? 0 : (long) (rounded(value, digits).doubleValue() / all * 100);
  }

  /// The quotient of this quantity and a non-zero one, rounded up; fractions count as in
  /// [#percentOf].
  public BigInteger dividedBy(Quantity unit, int digits) {
    var part = rounded(value, digits);
    return part.divide(rounded(unit.value, digits), 0, RoundingMode.CEILING).toBigInteger();
  }

  /// Orders by value; `1` and `1000m` are the same to it, though they are not equal.
  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    if (isZero()) {
      return "0";
    }
    boolean small = value.abs().compareTo(KIBI) < 0;
    return switch (notation) {
      case BINARY -> small || value.scale() > 0 ? decimal() : binary();
      case DECIMAL -> decimal();
      case EXPONENT -> {
        int exponent = exponent();
        yield mantissa(exponent) + (exponent == 0 ? "" : "e" + exponent);
      }
    };
  }

  private String decimal() {
    int exponent = Math.min(exponent(), 18);
    return mantissa(exponent) + DECIMAL_SUFFIXES.get((exponent + NANO) / 3);
  }

  private String binary() {
    var number = value.toBigIntegerExact();
    int power = 0;
    while (power < BINARY_SUFFIXES.length() - 1 && number.getLowestSetBit() >= 10) {
      number = number.shiftRight(10);
      power++;
    }
    return power == 0 ? number.toString() : number.toString() + BINARY_SUFFIXES.charAt(power) + "i";
  }

  /// The greatest multiple of three that leaves an integer before it.
  private int exponent() {
    return Math.floorDiv(-value.scale(), 3) * 3;
  }

  private BigInteger mantissa(int exponent) {
    return value.scaleByPowerOfTen(-exponent).toBigIntegerExact();
  }

  private static Optional<Quantity> scaled(BigDecimal number, String power, Notation notation) {
    if (number.signum() == 0) {
      return Optional.of(new Quantity(BigDecimal.ZERO, notation));
    }
    // More digits than an int has room for are as good as the greatest int below.
    boolean huge = power.replaceFirst("^[+-]?0*", "").length() > 8;
    int exponent = huge ? (power.startsWith("-") ? -1 : 1) * 100_000_000 : Integer.parseInt(power);
    long magnitude = (long) number.precision() - number.scale() + exponent;
    if (magnitude > MAX_MAGNITUDE) {
      return Optional.empty();
    }
    if (magnitude < -NANO) {
      var least = BigDecimal.valueOf(number.signum(), NANO);
      return Optional.of(new Quantity(least, notation));
    }
    return Optional.of(new Quantity(rounded(number.scaleByPowerOfTen(exponent)), notation));
  }

  private static Quantity binary(BigDecimal value) {
    boolean small = value.signum() != 0 && value.abs().compareTo(BigDecimal.ONE) < 0;
    var capped = value.min(MAX_LONG).max(MAX_LONG.negate());
    return new Quantity(capped, small ? Notation.DECIMAL : Notation.BINARY);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return rounded(value, NANO);
  }

  private static BigDecimal rounded(BigDecimal value, int digits) {
    return value.scale() > digits ? value.setScale(digits, RoundingMode.UP) : value;
  }
}
