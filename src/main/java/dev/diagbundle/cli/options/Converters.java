package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.profile.Limits;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converters of option values.
final class Converters {
  private Converters() {}

  /// Reads `2h30m`.
  static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationText.parse(text)
          .orElseThrow(() ->
              new TypeConversionException("expected a duration such as 2h30m, got '" + text + "'"));
    }
  }

  /// Reads a timeout as kubectl does: `30s`, or a number of seconds, `0` for the default.
  static final class OfTimeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (text.matches("[0-9]{1,9}")) {
        return Duration.ofSeconds(Integer.parseInt(text));
      }
      return DurationText.parse(text)
          .orElseThrow(() ->
              new TypeConversionException("expected a duration such as 30s, got '" + text + "'"));
    }
  }

  /// Reads RFC 3339.
  static final class OfInstant implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "expected a time such as 2026-11-21T02:00:00Z, got '" + text + "'");
      }
    }
  }

  /// Reads `25MB`.
  static final class OfBytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return ByteSize.parse(text)
          .orElseThrow(() ->
              new TypeConversionException(
                  "expected a size such as 25MB or 1GiB, got '" + text + "'"));
    }
  }

  /// Reads a number from 1 to 1,000.
  static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int count = Integer.parseInt(text);
        if (count >= 1 && count <= 1_000) {
          return count;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException("expected a number from 1 to 1000, got '" + text + "'");
      }
      throw new TypeConversionException("expected a number from 1 to 1000, got '" + text + "'");
    }
  }

  /// Reads a number of requests a second, which may have a fraction.
  static final class OfRate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      if (text.matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
        double rate = Double.parseDouble(text);
        if (rate >= Limits.MIN_REQUESTS_PER_SECOND && rate <= Limits.MAX_REQUESTS_PER_SECOND) {
          return rate;
        }
      }
      throw new TypeConversionException(
          "expected a number from 0.01 to 1000, such as 10 or 0.5, got '" + text + "'");
    }
  }
}
