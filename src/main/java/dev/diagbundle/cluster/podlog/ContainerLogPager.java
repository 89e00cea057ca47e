package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.Response;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A pager over the log of one container, up to its end. For one thread.
///
/// `sinceTime` supports whole seconds only, and the kubelet compares every line with it
/// (`staging/src/k8s.io/cri-client/pkg/logs/logs.go`). So after a response that broke off, the log
/// is requested again from the second before the newest lines read; the [DedupWindow] finds these,
/// and the lines after them are new. If they are not found any more, the log was rotated meanwhile.
final class ContainerLogPager {
  /// Maximum consecutive responses without a new line.
  private static final int MAX_STALLS = 3;

  /// Maximum truncated responses that are resumed at once; each further one waits, up to a limit.
  private static final int QUICK_BREAKS = 8;

  private static final int MAX_BREAKS = 60;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final ContainerLog log;
  private final ContainerLogProgress cut;
  private boolean sorting;
  private boolean mayLack;
  private int breaks;
  private int stalls;

  ContainerLogPager(ContainerLog log, OutputStream out) {
    this.log = log;
    this.cut = new ContainerLogProgress(log.window(), log.previous(), out);
  }

  Outcome read(Cluster cluster) throws IOException, InterruptedException {
    while (true) {
      Optional<Outcome> outcome;
      try (var answer = cluster.get(Request.raw(log.path(resumed()), log.caller()))) {
        outcome = answer.status() == 200 ? read(answer) : Optional.of(refused(answer));
      } catch (RequestFailedException e) {
        if (cut.kept() == 0) {
          throw e;
        }
        cut.endBroken();
        return new Outcome.Partial(e.reason(), "cut off and cannot be resumed: " + e.getMessage());
      }
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (stalls > 0 || breaks > QUICK_BREAKS) {
        cluster.ticker().sleep(WAIT);
      }
    }
  }

  private Optional<Instant> resumed() {
    if (cut.overlap().isEmpty()) {
      return Optional.empty();
    }
    // A second more, because the stamps of two streams are not quite in order.
    return Optional.of(
        Instant.ofEpochSecond(Math.floorDiv(cut.overlap().earliest(), 1_000_000L) - 1));
  }

  /// @return empty if the log has to be requested again
  private Optional<Outcome> read(Response answer) throws IOException {
    var body = new FailureRecordingInputStream(answer.body());
    var pass = new ContainerLogResponseReader(cut, sorting);
    long before = cut.read();
    try {
      pass.copy(body);
      pass.finish();
    } catch (IOException e) {
      if (body.breakOff().isEmpty()) {
        throw e;
      }
      pass.breakOff();
      if (!pass.isLost()) {
        learn(pass);
        return brokeOff(body.breakOff().get(), cut.read() > before);
      }
    }
    if (pass.isLost()) {
      sorting = true;
      return Optional.empty();
    }
    learn(pass);
    mayLack |= sorting;
    return Optional.of(outcome());
  }

  /// Records whether lines may be missing before a response that repeats none of the known lines.
  private void learn(ContainerLogResponseReader pass) {
    if (sorting && pass.hasBegun()) {
      mayLack |= !pass.hasKnown();
      sorting = false;
    }
  }

  private Optional<Outcome> brokeOff(IOException failure, boolean progress) throws IOException {
    var broken = ErrorClassifier.brokenOff(failure);
    stalls = progress ? 0 : stalls + 1;
    breaks++;
    boolean silent = !progress && broken.reason() == Reason.TIMED_OUT;
    if (stalls < MAX_STALLS && breaks < MAX_BREAKS && !silent && cut.canResume()) {
      return Optional.empty();
    }
    if (cut.kept() == 0) {
      throw broken;
    }
    cut.endBroken();
    return Optional.of(
        new Outcome.Partial(
            broken.reason(),
            broken.getMessage()
                + cut.last().map(time -> "; lines after " + time + " are missing").orElse("")));
  }

  private Outcome outcome() {
    if (cut.said().isPresent()) {
      return said(cut.said().get());
    }
    if (mayLack) {
      return cut.kept() == 0
          ? new Outcome.Failed(Reason.TRUNCATED, rotated())
          : new Outcome.Partial(Reason.TRUNCATED, rotated());
    }
    if (cut.kept() == 0) {
      return ContainerLog.NO_LINES;
    }
    if (cut.last().isEmpty()) {
      // Every line was requested with its time: perhaps a proxy responded, or a kubelet that has
      // none.
      return new Outcome.Partial(
          Reason.INVALID_ANSWER,
          "no line has a timestamp: possibly not a log, not limited to the time window");
    }
    return cut.hasBroken()
        ? new Outcome.Partial(
            Reason.TRUNCATED, "the log was rotated while it was read: one line is incomplete")
        : new Outcome.Collected();
  }

  private static String rotated() {
    return "the log was rotated while it was read: lines may be missing where the response was"
        + " cut off";
  }

  /// The outcome for an error of the kubelet in place of lines.
  private Outcome said(String words) {
    if (cut.kept() > 0) {
      return new Outcome.Partial(Reason.TRUNCATED, "cut off by the kubelet: " + words);
    }
    return ContainerLogError.isGone(words)
        ? new Outcome.Skipped(Reason.NOT_FOUND, words)
        : new Outcome.Failed(Reason.INVALID_ANSWER, words);
  }

  /// The outcome for a response that is no log.
  private Outcome refused(Response answer) throws IOException {
    var outcome =
        answer.status() == 204
            ? new Outcome.Skipped(Reason.EMPTY, "the pod has not been scheduled")
            : refusal(ErrorClassifier.of(answer));
    if (cut.kept() == 0) {
      return outcome;
    }
    cut.endBroken();
    return new Outcome.Partial(
        outcome.why().orElse(Reason.TRUNCATED),
        "cut off and cannot be resumed: " + outcome.words());
  }

  private static Outcome refusal(RequestFailedException refusal) {
    var words = refusal.getMessage();
    if (refusal.status() == 400
        && (words.contains("is waiting to start")
            || words.contains("is not available")
            || words.contains("not found"))) {
      return new Outcome.Skipped(Reason.EMPTY, words);
    }
    if (refusal.reason() == Reason.NOT_FOUND) {
      return new Outcome.Skipped(Reason.NOT_FOUND, words);
    }
    return new Outcome.Failed(refusal.reason(), words);
  }
}
