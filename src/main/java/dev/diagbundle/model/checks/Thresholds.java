package dev.diagbundle.model.checks;

import java.time.Duration;

/// The limits of checks that sites set differently.
///
/// @param clockSkew a clock that is off by more is a warning
/// @param clockSkewCritical a clock that is off by more is critical
/// @param certificateExpiry a certificate that ends sooner is a warning
/// @param crashLoopRestarts so many restarts make a crash loop of a container that runs again
/// @param restartedWithin how far back the end of a container that runs again is told
/// @param oomKilledWithin how far back a kill for the use of memory is told
/// @param terminatingFor an object whose deletion takes longer is stuck
/// @param volumeFreePercent a volume with less room left is a warning
/// @param volumeFreePercentCritical a volume with less room left is critical
/// @param volumeFreeInodesPercent a volume with fewer inodes left is a warning
public record Thresholds(
    Duration clockSkew,
    Duration clockSkewCritical,
    Duration certificateExpiry,
    int crashLoopRestarts,
    Duration restartedWithin,
    Duration oomKilledWithin,
    Duration terminatingFor,
    int volumeFreePercent,
    int volumeFreePercentCritical,
    int volumeFreeInodesPercent) {
  /// What the catalogue of findings says.
  public static final Thresholds DEFAULTS =
      new Thresholds(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofDays(14),
          5,
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofMinutes(5),
          10,
          3,
          5);
}
