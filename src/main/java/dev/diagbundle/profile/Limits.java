package dev.diagbundle.profile;

import java.time.Duration;
import java.util.OptionalDouble;

/// The limits of a run.
///
/// @param itemBytes at most so many bytes of one log or file, uncompressed
/// @param bundleBytes at most so many bytes of the finished bundle
/// @param deadline from the first request to the finished bundle
/// @param concurrency at most so many requests in flight
/// @param perNode at most so many of them to one node
/// @param requestsPerSecond at most so many requests a second over all; empty for no such limit
public record Limits(
    long itemBytes,
    long bundleBytes,
    Duration deadline,
    int concurrency,
    int perNode,
    OptionalDouble requestsPerSecond) {
  /// No fewer requests a second can be asked for, nor more.
  public static final double MIN_REQUESTS_PER_SECOND = 0.01;

  public static final double MAX_REQUESTS_PER_SECOND = 1_000;

  /// What applies where a profile says nothing.
  public static final Limits DEFAULTS =
      new Limits(100L << 20, 1L << 30, Duration.ofMinutes(10), 16, 2, OptionalDouble.empty());
}
