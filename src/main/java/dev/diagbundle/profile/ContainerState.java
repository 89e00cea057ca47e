package dev.diagbundle.profile;

import java.util.Locale;

/// The state of a container in its status.
public enum ContainerState {
  RUNNING,
  WAITING,
  TERMINATED;

  /// The spelling in profiles, for example `running`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state with this spelling.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ContainerState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
