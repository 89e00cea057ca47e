package dev.diagbundle.cli.options;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.WindowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of time.
public final class TimeOptions {
  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How far back, as in 2h or 1d. Default: as the profile says; 1h without one.")
  private @Nullable Duration since;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = "Begin of the window, as in 2026-11-21T02:00:00Z.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = "End of the window. Default: now, by the API server's clock.")
  private @Nullable Instant to;

  public WindowSpec window() throws DiagbundleException {
    if (since != null && (from != null || to != null)) {
      throw usage("--since cannot stand beside --from and --to");
    }
    if (since != null) {
      return new WindowSpec.Since(since);
    }
    if (from != null) {
      return new WindowSpec.Between(from, Optional.ofNullable(to));
    }
    if (to != null) {
      throw usage("--to needs --from");
    }
    return new WindowSpec.OfProfile();
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }
}
