package dev.diagbundle.model.checks;

import java.time.Duration;

/// The configurable limits of checks.
///
/// @param clockSkew maximum clock offset without a warning
/// @param clockSkewCritical maximum clock offset that is not critical
/// @param certificateExpiry minimum remaining validity of a certificate without a warning
/// @param crashLoopRestarts minimum restarts of a running container that count as a crash loop
/// @param restartedWithin maximum age of the termination of a running container that is reported
/// @param oomKilledWithin maximum age of an OOM kill that is reported
/// @param terminatingFor maximum duration of a deletion that is not stuck
/// @param volumeFreePercent minimum free space of a volume without a warning
/// @param volumeFreePercentCritical minimum free space of a volume that is not critical
/// @param volumeFreeInodesPercent minimum free inodes of a volume without a warning
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
  /// The defaults in the catalogue of findings.
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
