package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.checks.Thresholds;

/// The keys of `thresholds`, and their conversion to and from [Thresholds].
final class ThresholdKeys {
  /// One threshold; its shape accepts the result of `text`.
  private record Threshold(
      String name, Shape shape, String description, Function<Thresholds, String> text) {}

  private static final List<Threshold> ALL =
      List.of(
          duration(
              "clockSkew",
              "A clock that is off by more is a warning (clock-skew).",
              Thresholds::clockSkew),
          duration(
              "clockSkewCritical",
              "A clock that is off by more is critical (clock-skew).",
              Thresholds::clockSkewCritical),
          duration(
              "certificateExpiry",
              "A certificate of a webhook or an aggregated API that ends sooner is a warning"
                  + " (certificate-expiry).",
              Thresholds::certificateExpiry),
          number(
              "crashLoopRestarts",
              1,
              1_000,
              "A container that runs again after so many restarts is in a crash loop"
                  + " (pod-crash-loop).",
              Thresholds::crashLoopRestarts),
          duration(
              "restartedWithin",
              "How far back restarts of containers that run again are told"
                  + " (pod-restarted-recently).",
              Thresholds::restartedWithin),
          duration(
              "oomKilledWithin",
              "How far back kills for the use of memory are told (pod-oom-killed).",
              Thresholds::oomKilledWithin),
          duration(
              "terminatingFor",
              "An object whose deletion takes longer is stuck (object-stuck-terminating).",
              Thresholds::terminatingFor),
          number(
              "volumeFreePercent",
              0,
              100,
              "A volume with less room left, in percent, is a warning (volume-nearly-full).",
              Thresholds::volumeFreePercent),
          number(
              "volumeFreePercentCritical",
              0,
              100,
              "A volume with less room left, in percent, is critical (volume-nearly-full).",
              Thresholds::volumeFreePercentCritical),
          number(
              "volumeFreeInodesPercent",
              0,
              100,
              "A volume with fewer inodes left, in percent, is a warning (volume-nearly-full).",
              Thresholds::volumeFreeInodesPercent));

  static final Shape.MapOf SHAPE =
      new Shape.MapOf(
          "thresholds",
          "Limits of checks.",
          ALL.stream()
              .map(each ->
                  Shape.Key.optional(each.name, each.shape, each.description)
                      .withFallback(each.text.apply(Thresholds.DEFAULTS)))
              .toList(),
          List.of());

  private ThresholdKeys() {}

  /// The values of a valid map, by its keys.
  static Map<String, String> said(MappingValues keys) {
    var said = new LinkedHashMap<String, String>();
    ALL.forEach(each -> keys.text(each.name).ifPresent(text -> said.put(each.name, text)));
    return said;
  }

  /// @param said values that differ from the defaults, by their keys
  static Thresholds bind(Map<String, String> said) {
    var all = new LinkedHashMap<String, String>();
    ALL.forEach(each -> all.put(each.name, each.text.apply(Thresholds.DEFAULTS)));
    all.putAll(said);
    return new Thresholds(
        duration(all, "clockSkew"),
        duration(all, "clockSkewCritical"),
        duration(all, "certificateExpiry"),
        number(all, "crashLoopRestarts"),
        duration(all, "restartedWithin"),
        duration(all, "oomKilledWithin"),
        duration(all, "terminatingFor"),
        number(all, "volumeFreePercent"),
        number(all, "volumeFreePercentCritical"),
        number(all, "volumeFreeInodesPercent"));
  }

  /// The values that differ from the defaults, by their keys.
  static Map<String, String> changed(Thresholds thresholds) {
    var changed = new LinkedHashMap<String, String>();
    for (var each : ALL) {
      var text = each.text.apply(thresholds);
      if (!text.equals(each.text.apply(Thresholds.DEFAULTS))) {
        changed.put(each.name, text);
      }
    }
    return changed;
  }

  /// Returns whether the value of the key is a number, not a text.
  static boolean isNumber(String name) {
    return ALL.stream()
        .anyMatch(each -> each.name.equals(name) && each.shape instanceof Shape.WholeNumber);
  }

  private static Threshold duration(
      String name, String description, Function<Thresholds, Duration> value) {
    return new Threshold(
        name, new Shape.Text(TextForm.WINDOW), description, value.andThen(DurationText::format));
  }

  private static Threshold number(
      String name, int min, int max, String description, Function<Thresholds, Integer> value) {
    return new Threshold(
        name, new Shape.WholeNumber(min, max), description, value.andThen(String::valueOf));
  }

  private static Duration duration(Map<String, String> all, String name) {
    return DurationText.parse(all.getOrDefault(name, "")).orElseThrow();
  }

  private static int number(Map<String, String> all, String name) {
    return Integer.parseInt(all.getOrDefault(name, ""));
  }
}
