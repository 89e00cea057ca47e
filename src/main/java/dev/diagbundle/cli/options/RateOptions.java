package dev.diagbundle.cli.options;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The rate limit of requests.
final class RateOptions {
  @Option(
      names = "--qps",
      paramLabel = "N",
      converter = Converters.OfRate.class,
      description = "Maximum requests per second, as in 10 or 0.5. Default: unlimited.")
  private @Nullable Double requestsPerSecond;

  /// The rate; empty if none is given.
  OptionalDouble perSecond() {
    return requestsPerSecond == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(requestsPerSecond);
  }
}
