package dev.diagbundle.profile;

import module java.base;

/// The limits of a run.
///
/// @param itemBytes maximum uncompressed bytes of one log or file
/// @param bundleBytes maximum bytes of the finished bundle
/// @param deadline from the first request to the finished bundle
/// @param concurrency maximum concurrent requests
/// @param perNode maximum concurrent requests per node
/// @param requestsPerSecond maximum requests per second over all; empty for no limit
public record Limits(
    long itemBytes,
    long bundleBytes,
    Duration deadline,
    int concurrency,
    int perNode,
    OptionalDouble requestsPerSecond) {
  /// The minimum and maximum requests per second.
  public static final double MIN_REQUESTS_PER_SECOND = 0.01;

  public static final double MAX_REQUESTS_PER_SECOND = 1_000;

  /// The defaults for a profile without limits.
  public static final Limits DEFAULTS =
      new Limits(100L << 20, 1L << 30, Duration.ofMinutes(10), 16, 2, OptionalDouble.empty());
}
