package dev.diagbundle.profile;

import module java.base;

/// The pods that an item describes.
public enum DescribedPods {
  /// Those that need attention: not ready though they should be, failed, restarted in the window.
  UNHEALTHY,
  /// All of them, those that need attention first.
  ALL,
  /// None.
  NONE;

  /// The spelling in profiles.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(DescribedPods::label).toList();
  }

  public static DescribedPods labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
