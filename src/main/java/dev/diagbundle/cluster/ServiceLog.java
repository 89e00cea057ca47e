package dev.diagbundle.cluster;

import com.google.re2j.Pattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/// The log of one service of one node, through the kubelet's Node Log Query (KEP-2258), cut to a
/// window. One question names one service: the kubelet mixes what it finds for several.
///
/// On Linux that is the journal ([JournalWalk]); where the service writes a file, the file.
///
/// @param node its name
/// @param windows whether the node runs Windows, whose event log has stamps in an unknown zone
/// @param service its bare name
/// @param query what the node can do
/// @param window the lines wanted
/// @param boot only entries of this boot: 0 the present one, -1 the one before it
/// @param pattern only entries in which this is found; looked for here, not on the node, where a
///   search without hits looks like a node that hangs, and costs it as much
/// @param clock of the run
/// @param limit after which the kubelet ends an answer
/// @param caller on whose behalf
public record ServiceLog(
    String node,
    boolean windows,
    String service,
    LogQuery query,
    TimeWindow window,
    OptionalInt boot,
    Optional<Pattern> pattern,
    InstantSource clock,
    QueryLimit limit,
    Caller caller) {
  /// No zone is farther from UTC.
  private static final Duration ANY_ZONE = Duration.ofHours(14);

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing of use if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    if (windows && boot.isPresent()) {
      return new Outcome.Skipped(Reason.UNSUPPORTED, "Windows knows no boots to choose from");
    }
    var outcome = windows ? events(cluster, out) : new JournalWalk(this, out).copy(cluster);
    return outcome.isEmpty() ? ask(cluster, "", false, out).orElseThrow() : outcome.get();
  }

  /// About now, by the node's clock.
  Instant present() {
    return clock.instant().plus(query.skew());
  }

  /// The path of a question.
  ///
  /// @param options each with an ampersand before it
  String path(String options) {
    var path = LogQuery.logsPath(node) + "?query=" + Call.value(service) + options;
    return boot.isPresent() ? path + "&boot=" + boot.getAsInt() : path;
  }

  private Optional<Outcome> events(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    return ask(
        cluster,
        "&sinceTime="
            + time(window.from().minus(ANY_ZONE))
            + "&untilTime="
            + time(window.to().plus(ANY_ZONE)),
        true,
        out);
  }

  private static String time(Instant instant) {
    return Call.value(instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// @return empty if the log is a file, which has to be asked for without options
  private Optional<Outcome> ask(
      Cluster cluster, String options, boolean withOptions, OutputStream out)
      throws IOException, InterruptedException {
    var path = LogQuery.logsPath(node) + "?query=" + Call.value(service) + options;
    try (var answer = cluster.fetch(Call.raw(path, caller))) {
      var preview = Preview.of(answer.body());
      var head = preview.text();
      boolean late = limit.mayHaveCut(answer.elapsed());
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
      preview.whole().transferTo(out);
      return Optional.of(copied(limit.mayHaveCut(answer.elapsed()), withOptions));
    }
  }

  private static Outcome copied(boolean late, boolean withOptions) {
    if (late) {
      return new Outcome.Partial(
          Reason.TRUNCATED, "the kubelet cut the log off; its newest lines are missing");
    }
    if (withOptions) {
      return new Outcome.Partial(
          Reason.UNSUPPORTED,
          "the events' stamps are in the node's own time zone, which is unknown, so the window may"
              + " be missed by up to 14 h on either side");
    }
    return new Outcome.Collected();
  }
}
