package dev.diagbundle.cli.options;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of the time that a bundle tells of.
public final class SpanOptions {
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = "Only lines from this time on, as in 2026-11-21T02:31:00Z.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = "Only lines before this time.")
  private @Nullable Instant to;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Only lines of the bundle's last 10m, 2h and so on.")
  private @Nullable Duration since;

  /// Refuses what does not fit together, before anything is read.
  public void check() throws DiagbundleException {
    if (since != null && (from != null || to != null)) {
      throw new DiagbundleException(Problem.usage("--since cannot stand beside --from and --to"));
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new DiagbundleException(Problem.usage("--to is not later than --from"));
    }
  }

  /// The span that is asked for; empty if none is.
  public Optional<TimeWindow> span(Manifest.Run run) {
    if (since != null) {
      var begin = LogTimes.end(run).minus(since);
      return Optional.of(new TimeWindow(begin.isBefore(END) ? begin : Instant.EPOCH, END));
    }
    if (from == null && to == null) {
      return Optional.empty();
    }
    var begin = from == null ? Instant.EPOCH : from;
    var end = to == null ? END : to;
    return Optional.of(
        begin.isBefore(end) ? new TimeWindow(begin, end) : new TimeWindow(end.minusNanos(1), end));
  }

  /// All of time.
  public static TimeWindow always() {
    return new TimeWindow(Instant.EPOCH, END);
  }
}
