package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;

/// The log of one container, through the API server, cut to a window. Every line keeps the stamp of
/// the container runtime: `2026-11-21T03:14:29.127594518Z …`. A response that breaks off is
/// resumed, see [ContainerLogPager].
///
/// @param previous whether it is the log of the container's last run instead of the current one
/// @param tailLines maximum lines from the end; the server counts them before it applies the window
public record ContainerLog(
    String namespace,
    String pod,
    String container,
    boolean previous,
    TimeWindow window,
    OptionalInt tailLines,
    RequestOrigin caller) {
  /// The outcome of a log that exists and has no lines in the window.
  public static final Outcome NO_LINES =
      new Outcome.Skipped(Reason.EMPTY, "no lines in the time window");

  private static final int BUFFER = 16 << 10;

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing useful if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    var buffered = new BufferedOutputStream(out, BUFFER);
    Outcome outcome;
    try {
      outcome = new ContainerLogPager(this, buffered).read(cluster);
    } catch (InterruptedException | InterruptedIOException | ClosedByInterruptException e) {
      // The run ends: the lines that have come are kept.
      buffered.flush();
      throw e;
    }
    buffered.flush();
    return outcome;
  }

  /// The path of the request for this log.
  ///
  /// @param resumed the time to resume from, if not the beginning; whole seconds, as the server
  ///   supports no others
  String path(Optional<Instant> resumed) {
    var path = new StringBuilder("/api/v1/namespaces/");
    path.append(Request.segment(namespace)).append("/pods/").append(Request.segment(pod));
    path.append("/log?container=").append(Request.value(container)).append("&timestamps=true");
    if (previous) {
      path.append("&previous=true");
    }
    since(resumed).ifPresent(since -> path.append("&sinceTime=").append(Request.value(since)));
    if (resumed.isEmpty()) {
      // A resumed request would count the lines that were written meanwhile.
      tailLines.ifPresent(lines -> path.append("&tailLines=").append(lines));
    }
    return path.toString();
  }

  private Optional<String> since(Optional<Instant> resumed) {
    var begin = window.from().truncatedTo(ChronoUnit.SECONDS);
    if (resumed.isPresent()) {
      var later = previous || resumed.get().isAfter(begin) ? resumed.get() : begin;
      return Optional.of(later.toString());
    }
    // The last run may have ended before the window; its end is what matters.
    return previous ? Optional.empty() : Optional.of(begin.toString());
  }
}
