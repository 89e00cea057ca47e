package dev.diagbundle.report.collection;

import dev.diagbundle.model.Outcome;

/// The state of an item in the page, with one glyph each. The names are those of the glyphs and
/// classes in the templates.
public enum ItemState {
  /// Fully collected.
  OK,
  /// Truncated.
  PART,
  /// Missing.
  MISS,
  /// There was nothing to collect.
  NA;

  public static ItemState of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Collected _ -> OK;
      case Outcome.Partial _ -> PART;
      case Outcome.Failed _, Outcome.Cancelled _ -> MISS;
      case Outcome.Skipped _ -> outcome.leavesGap() ? MISS : NA;
    };
  }
}
