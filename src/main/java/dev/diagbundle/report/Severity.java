package dev.diagbundle.report;

import java.util.Locale;

/// How bad a finding is. The first is the worst.
enum Severity {
  CRITICAL("crit", "Something is unusable now."),
  WARNING("warn", "Something is degraded, or about to be."),
  INFO("note", "This is context.");

  private final String icon;
  private final String meaning;

  Severity(String icon, String meaning) {
    this.icon = icon;
    this.meaning = meaning;
  }

  /// By its spelling in `findings.json`; a word that nobody knows must not look alarming.
  static Severity of(String label) {
    for (var severity : values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(label)) {
        return severity;
      }
    }
    return INFO;
  }

  /// The glyph, whose name is the class of its colour too.
  String icon() {
    return icon;
  }

  /// `Critical`.
  String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  String meaning() {
    return meaning;
  }
}
