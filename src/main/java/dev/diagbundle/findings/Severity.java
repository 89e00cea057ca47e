package dev.diagbundle.findings;

import module java.base;

/// The severity of a finding, the worst first.
public enum Severity {
  /// Something is unusable now.
  CRITICAL,
  /// Something is degraded, or about to be.
  WARNING,
  /// Context, or something that is over.
  INFO;

  /// The severity by its spelling in JSON; an unknown word is [#INFO], since it must not raise an
  /// alarm.
  public static Severity of(String label) {
    return Arrays.stream(values())
        .filter(severity -> severity.label().equals(label))
        .findFirst()
        .orElse(INFO);
  }

  /// The spelling in JSON, for example `critical`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The worse of the two.
  public Severity or(Severity other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
