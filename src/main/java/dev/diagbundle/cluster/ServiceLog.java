package dev.diagbundle.cluster;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The log of one service of one node, through the kubelet's Node Log Query (KEP-2258), cut to a
/// window.
///
/// The kubelet's own idea of the window is not relied on: on Linux its `untilTime` is broken in
/// every version up to 1.36, and `sinceTime` is read in the node's own time zone. So the question
/// begins early enough for any zone, and lines are kept or dropped by their own stamps, which are
/// in UTC.
///
/// @param node its name
/// @param windows whether the node runs Windows, whose event log has stamps in an unknown zone
/// @param service its bare name
/// @param query what the node can do
/// @param window the lines wanted
/// @param present about now, by the cluster's clock
/// @param caller on whose behalf
/// @param codePage of a Windows node
public record ServiceLog(
    String node,
    boolean windows,
    String service,
    LogQuery query,
    TimeWindow window,
    Instant present,
    Caller caller,
    CodePage codePage) {
  /// No zone is farther from UTC.
  private static final Duration ANY_ZONE = Duration.ofHours(14);

  /// The kubelet cuts a log query off after 30 s without a word.
  private static final Duration NEAR_THE_LIMIT = Duration.ofSeconds(25);

  /// The log of a service of a node whose code page is the usual one.
  public ServiceLog(
      String node,
      boolean windows,
      String service,
      LogQuery query,
      TimeWindow window,
      Instant present,
      Caller caller) {
    this(node, windows, service, query, window, present, caller, CodePage.USUAL);
  }

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing of use if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    var outcome = windows ? events(cluster, out) : ask(cluster, options(), true, out);
    return outcome.isEmpty() ? ask(cluster, "", false, out).orElseThrow() : outcome.get();
  }

  private Optional<Outcome> events(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    var zone = WindowsZone.of(cluster, node, caller);
    return new EventLog(
            node, service, window, present, zone, codePage, QueryLimit.KUBELET, Pause.REAL, caller)
        .copyTo(cluster, out);
  }

  /// @return empty if the log is a file, which has to be asked for without options
  private Optional<Outcome> ask(
      Cluster cluster, String options, boolean withOptions, OutputStream out)
      throws IOException, InterruptedException {
    var path = LogQuery.logsPath(node) + "?query=" + Call.value(service) + options;
    try (var answer = cluster.fetch(Call.raw(path, caller))) {
      var preview = Preview.of(answer.body());
      var head = preview.text();
      boolean late = answer.elapsed().compareTo(NEAR_THE_LIMIT) >= 0;
      if (DirectoryListing.isListing(answer.contentType(), head)) {
        return Optional.of(
            new Outcome.Failed(
                Reason.INVALID_ANSWER, "the answer is a directory listing instead of a log"));
      }
      if (preview.isEmpty()) {
        return Optional.of(
            late
                ? new Outcome.Failed(Reason.TIMED_OUT, "no line came within the kubelet's 30 s")
                : new Outcome.Skipped(Reason.EMPTY, "the answer is empty"));
      }
      if (withOptions && InBody.isFileHint(head) && !late) {
        return Optional.empty();
      }
      var error = InBody.of(service, head, late, withOptions);
      if (error.isPresent()) {
        return error;
      }
      return Optional.of(copy(answer, preview.whole(), withOptions, out));
    }
  }

  private Outcome copy(Answer answer, InputStream body, boolean withOptions, OutputStream out)
      throws IOException {
    boolean journal = withOptions && !windows;
    LineFilter.Rule rule =
        journal ? new JournalRule(window, present) : head -> LineFilter.Verdict.KEEP;
    var result = new LineFilter(JournalStamp.LENGTH, rule).copy(body, out);
    boolean late = answer.elapsed().compareTo(NEAR_THE_LIMIT) >= 0;
    if (!result.stopped() && (late || (journal && !result.endsInLineFeed()))) {
      return new Outcome.Partial(
          Reason.TRUNCATED, "the kubelet cut the log off; its newest lines are missing");
    }
    if (result.kept() == 0) {
      return new Outcome.Skipped(
          Reason.EMPTY, "the log has no lines in the window (" + result.read() + " bytes read)");
    }
    if (!journal && windows && withOptions) {
      return new Outcome.Partial(
          Reason.UNSUPPORTED,
          "the events' stamps are in the node's own time zone, which is unknown, so the window may"
              + " be missed by up to 14 h on either side");
    }
    return new Outcome.Collected();
  }

  private String options() {
    if (query.state() == LogQuery.State.ON_OPENSHIFT && !windows) {
      // Relative to the node's clock, so no zone is involved; a minute for clocks that disagree.
      return "&since=-" + (Duration.between(window.from(), present).toSeconds() + 60) + "s";
    }
    var since = "&sinceTime=" + time(window.from().minus(ANY_ZONE));
    return windows ? since + "&untilTime=" + time(window.to().plus(ANY_ZONE)) : since;
  }

  private static String time(Instant instant) {
    return Call.value(instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// Keeps the entries of the window with their continuation lines and boot markers.
  private static final class JournalRule implements LineFilter.Rule {
    /// The journal's order is not strictly that of time, so the first late entry is not the end.
    private static final int LATE_ENTRIES = 200;

    private static final Duration GRACE = Duration.ofSeconds(60);

    private final TimeWindow window;
    private final Instant present;
    private LineFilter.Verdict verdict = LineFilter.Verdict.DROP;
    private int late;

    JournalRule(TimeWindow window, Instant present) {
      this.window = window;
      this.present = present;
    }

    @Override
    public LineFilter.Verdict judge(byte[] head) {
      var stamp = JournalStamp.read(head, present);
      if (stamp.isEmpty()) {
        return verdict;
      }
      if (stamp.get().isBefore(window.to().plus(GRACE))) {
        late = 0;
      } else if (++late > LATE_ENTRIES) {
        return LineFilter.Verdict.STOP;
      }
      verdict = window.contains(stamp.get()) ? LineFilter.Verdict.KEEP : LineFilter.Verdict.DROP;
      return verdict;
    }
  }
}
