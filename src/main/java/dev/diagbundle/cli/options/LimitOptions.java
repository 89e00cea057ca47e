package dev.diagbundle.cli.options;

import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.Profile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The limits of a run, which override those of the profile.
public final class LimitOptions {
  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description =
          "Maximum size of the bundle, as in 25MB. The most useful data is kept first; gaps are"
              + " listed.")
  private @Nullable Long maxSize;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Maximum duration of the run. Default: 10m.")
  private @Nullable Duration deadline;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Maximum concurrent requests. Default: 16.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--concurrency-per-node",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Maximum concurrent requests per node. Default: 2.")
  private @Nullable Integer perNode;

  @Mixin private final RateOptions rate = new RateOptions();

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
        rate.perSecond().isPresent() ? rate.perSecond() : limits.requestsPerSecond());
  }
}
