package dev.diagbundle.report.findings;

import java.util.Locale;

/// How bad a finding is. The first is the worst.
public enum SeverityBadge {
  CRITICAL("crit", "A component is unusable."),
  WARNING("warn", "A component is degraded, or will be soon."),
  INFO("note", "For information.");

  private final String icon;
  private final String meaning;

  SeverityBadge(String icon, String meaning) {
    this.icon = icon;
    this.meaning = meaning;
  }

  /// By its spelling in `findings.json`; a word that nobody knows must not look alarming.
  static SeverityBadge of(String label) {
    for (var severity : values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(label)) {
        return severity;
      }
    }
    return INFO;
  }

  /// The glyph, whose name is the class of its colour too.
  public String icon() {
    return icon;
  }

  /// `Critical`.
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  String meaning() {
    return meaning;
  }
}
