package dev.diagbundle.cli.options;

import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.Profile;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The limits of a run, over those of the profile.
public final class LimitOptions {
  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description = {
        "At most so large a bundle, as in 25MB. What tells most goes in first; of long logs the",
        "newest lines and those around the first and the newest error. What does not fit is named."
      })
  private @Nullable Long maxSize;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Finish within this time with what is there. Default: 10m.")
  private @Nullable Duration deadline;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "At most so many requests at once. Default: 16.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--per-node",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "At most so many of them to one node. Default: 2.")
  private @Nullable Integer perNode;

  @Option(
      names = "--qps",
      paramLabel = "N",
      converter = Converters.OfRate.class,
      description =
          "At most so many requests a second, evenly spread, as in 10 or 0.5. Default: no such"
              + " limit.")
  private @Nullable Double requestsPerSecond;

  /// The profile under these limits.
  public Profile limited(Profile profile) {
    return profile.within(over(profile.limits()));
  }

  private Limits over(Limits limits) {
    return new Limits(
        limits.itemBytes(),
        maxSize == null ? limits.bundleBytes() : maxSize,
        deadline == null ? limits.deadline() : deadline,
        concurrency == null ? limits.concurrency() : concurrency,
        perNode == null ? limits.perNode() : perNode,
        requestsPerSecond == null
            ? limits.requestsPerSecond()
            : OptionalDouble.of(requestsPerSecond));
  }
}
