package dev.diagbundle.report.collection;

import dev.diagbundle.model.Outcome;

/// What the page says about an item, with one glyph each. The names are the glyphs' and the
/// classes' names in the templates.
public enum ItemState {
  /// Collected whole.
  OK,
  /// Shortened.
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
