package dev.diagbundle.cluster;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/// The log of one container, through the API server, cut to a window. Every line keeps the stamp
/// that the container runtime gave it: `2026-11-21T03:14:29.127594518Z …`.
///
/// @param previous the log of the container's last run instead of the current one
/// @param tailLines only so many lines from the end
public record ContainerLog(
    String namespace,
    String pod,
    String container,
    boolean previous,
    TimeWindow window,
    OptionalInt tailLines,
    Caller caller) {
  /// As the kubelet writes into a 200 when the runtime has removed the log.
  private static final String LOG_IS_GONE = "unable to retrieve container logs for ";

  private static final int STAMP_BYTES = 36;

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing of use if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    try (var answer = cluster.get(Call.raw(path(), caller))) {
      if (answer.status() == 204) {
        return new Outcome.Skipped(Reason.EMPTY, "the pod has not been scheduled: it has no log");
      }
      if (!answer.isSuccess()) {
        return refusal(Refusals.of(answer));
      }
      var preview = Preview.of(answer.body());
      if (preview.text().startsWith(LOG_IS_GONE)) {
        return new Outcome.Skipped(
            Reason.NOT_FOUND, preview.text().strip().lines().findFirst().orElse(""));
      }
      return copy(preview.whole(), out);
    }
  }

  private Outcome copy(InputStream body, OutputStream out) throws IOException {
    var result = new LineFilter(STAMP_BYTES, new StampRule()).copy(body, out);
    return result.kept() == 0
        ? new Outcome.Skipped(Reason.EMPTY, "no lines in the window")
        : new Outcome.Collected();
  }

  private static Outcome refusal(RefusedException refusal) {
    var words = refusal.getMessage();
    if (refusal.status() == 400
        && (words.contains("is waiting to start") || words.contains("not found"))) {
      return new Outcome.Skipped(Reason.EMPTY, words);
    }
    if (refusal.reason() == Reason.NOT_FOUND) {
      return new Outcome.Skipped(Reason.NOT_FOUND, words);
    }
    return new Outcome.Failed(refusal.reason(), words);
  }

  private String path() {
    var path = new StringBuilder("/api/v1/namespaces/");
    path.append(Call.segment(namespace)).append("/pods/").append(Call.segment(pod));
    path.append("/log?container=").append(Call.value(container)).append("&timestamps=true");
    if (previous) {
      // The last run may have ended before the window; its end is what matters.
      path.append("&previous=true");
    } else {
      var since = window.from().truncatedTo(ChronoUnit.SECONDS);
      path.append("&sinceTime=").append(Call.value(since.toString()));
    }
    tailLines.ifPresent(lines -> path.append("&tailLines=").append(lines));
    return path.toString();
  }

  /// Drops what lies behind the window, and what lies before it: the server's `sinceTime` knows
  /// whole seconds only. The log of a previous run is wanted whole up to the window's end.
  private final class StampRule implements LineFilter.Rule {
    private LineFilter.Verdict verdict = LineFilter.Verdict.KEEP;

    @Override
    public LineFilter.Verdict judge(byte[] head) {
      var text = new String(head, StandardCharsets.ISO_8859_1);
      int blank = text.indexOf(' ');
      if (blank < 0) {
        return verdict;
      }
      try {
        var stamp = Instant.parse(text.substring(0, blank));
        if (!stamp.isBefore(window.to())) {
          verdict = LineFilter.Verdict.STOP;
        } else if (previous || !stamp.isBefore(window.from())) {
          verdict = LineFilter.Verdict.KEEP;
        } else {
          verdict = LineFilter.Verdict.DROP;
        }
      } catch (DateTimeException e) {
        // Not a stamped line: it belongs to the one before.
        return verdict;
      }
      return verdict;
    }
  }
}
