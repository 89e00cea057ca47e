package dev.diagbundle.model.checks;

import module java.base;

import java.util.Collection;

/// The settings of an analysis.
///
/// @param ignored ids of checks that are not run, each once; they are listed as ignored
/// @param rules of the users, each id once
public record FindingSettings(List<String> ignored, Thresholds thresholds, List<CustomRule> rules) {
  /// The default settings.
  public static final FindingSettings NONE =
      new FindingSettings(List.of(), Thresholds.DEFAULTS, List.of());

  public FindingSettings {
    ignored = List.copyOf(ignored);
    rules = List.copyOf(rules);
  }

  /// The same with more checks ignored.
  public FindingSettings ignoring(Collection<String> more) {
    var all = new LinkedHashSet<>(ignored);
    all.addAll(more);
    return new FindingSettings(List.copyOf(all), thresholds, rules);
  }
}
