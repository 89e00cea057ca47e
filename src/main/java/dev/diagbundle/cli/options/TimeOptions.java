package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.model.WindowSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for a time window, in a cluster or in a bundle.
public final class TimeOptions {
  private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  /// All of time.
  public static final TimeWindow ALWAYS = new TimeWindow(Instant.EPOCH, END);

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Length of the time window, as in 2h or 1d.")
  private @Nullable Duration since;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = {"Start of the time window, as in", "2026-11-21T02:00:00Z."})
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Converters.OfInstant.class,
      description = "End of the time window, exclusive.")
  private @Nullable Instant to;

  /// The window as given.
  ///
  /// @throws DiagbundleException if the options contradict each other
  public WindowSpec window() throws DiagbundleException {
    if (since != null && (from != null || to != null)) {
      throw usage("--since cannot be combined with --from or --to");
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw usage("--to must be later than --from");
    }
    if (since != null) {
      return new WindowSpec.Since(since);
    }
    var end = Optional.ofNullable(to);
    return from == null ? new WindowSpec.OfProfile(end) : new WindowSpec.Between(from, end);
  }

  /// The window in a bundle, which ends with the bundle if no end is given; empty for all of it.
  public static Optional<TimeWindow> inBundle(WindowSpec window, Manifest.Run run) {
    return switch (window) {
      case WindowSpec.OfProfile(Optional<Instant> to) -> to.map(end -> span(Instant.EPOCH, end));
      case WindowSpec.Since(Duration length) ->
          Optional.of(span(LogTimes.end(run).minus(length), END));
      case WindowSpec.Between(Instant from, Optional<Instant> to) ->
          Optional.of(span(from, to.orElse(END)));
    };
  }

  /// A window that is never empty: the start may be after 9999, and the end before 1970.
  private static TimeWindow span(Instant from, Instant to) {
    return new TimeWindow(from.isBefore(to) ? from : to.minusNanos(1), to);
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }
}
