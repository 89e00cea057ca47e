package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.Response;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A writer of an event log that receives the responses about adjoining spans, one after the other,
/// and writes each event once.
final class EventLogWriter {
  private static final int MAX_OTHER = 4096;
  private static final String CUT_OFF = "the kubelet cut off the response";

  private final CodePage codePage;
  private final OutputStream out;
  private final EventDeduplicator seam = new EventDeduplicator();
  private boolean fellBack;
  private boolean isProvider;
  private long rows;
  private String header = "";
  private String firstTime = "";
  private Optional<String> remark = Optional.empty();
  private boolean strange;

  EventLogWriter(CodePage codePage, OutputStream out) {
    this.codePage = codePage;
    this.out = out;
  }

  EventDeduplicator seam() {
    return seam;
  }

  /// The number of events written.
  long rows() {
    return rows;
  }

  /// The time of the first event of the last response.
  String firstTime() {
    return firstTime;
  }

  /// The reasons for which the copy is incomplete, in addition to those of the responses.
  List<Outcome.Partial> doubts() {
    var doubts = new ArrayList<Outcome.Partial>();
    remark.ifPresent(words ->
        doubts.add(
            new Outcome.Partial(Reason.INVALID_ANSWER, "PowerShell also reported: " + words)));
    if (strange) {
      doubts.add(
          new Outcome.Partial(
              Reason.INVALID_ANSWER,
              "the response contains text that is not an event; it is kept unchanged"));
    }
    if (seam.hasOverflowed()) {
      doubts.add(
          new Outcome.Partial(
              Reason.INVALID_ANSWER,
              "too many events in one second to compare; some may be duplicated"));
    }
    return doubts;
  }

  /// A note on the encoding that was assumed, if the text did not determine it.
  Optional<String> encodingNote() {
    return fellBack
        ? Optional.of("the text is not UTF-8 and was read as code page " + codePage.number())
        : Optional.empty();
  }

  /// Reads a response to its end.
  EventQueryResult take(Response answer, String provider, LogQueryTimeout limit)
      throws IOException {
    if (answer.contentType().startsWith("text/html")) {
      return EventQueryResult.refused(
          new Outcome.Failed(
              Reason.INVALID_ANSWER, "the response is a directory listing instead of a log"));
    }
    seam.open();
    var lines = new Lines();
    var text = new DecodingReader(answer.body(), codePage.charset(), fellBack);
    EventTableReader.End end;
    try {
      end = EventTableReader.read(text, lines);
    } catch (DecodingReader.BrokenBodyException e) {
      return EventQueryResult.cut(ErrorClassifier.brokenOff(e.failure()).getMessage());
    } finally {
      fellBack = text.hasFallenBack();
    }
    var took = answer.elapsed();
    boolean late = limit.mayHaveCut(took);
    // A table ends with blank lines, and so does an error.
    boolean cutOff = !end.blankLine() && (late || !end.wholeLine());
    if (lines.seen == 0 && end.last().isEmpty()) {
      return withoutRows(lines, provider, took, late, cutOff);
    }
    isProvider = true;
    if (cutOff) {
      return EventQueryResult.cut(CUT_OFF);
    }
    if (end.last().isPresent()) {
      lines.row(end.last().get());
    }
    lines.judge();
    return EventQueryResult.whole(lines.seen, took);
  }

  private EventQueryResult withoutRows(
      Lines lines, String provider, Duration took, boolean late, boolean cutOff)
      throws IOException {
    if (lines.flowing) {
      return cutOff ? EventQueryResult.cut(CUT_OFF) : EventQueryResult.whole(0, took);
    }
    var said = lines.other.toString();
    if (said.isBlank()) {
      return EventQueryResult.cut(
          late
              ? "no response from the kubelet within its time limit"
              : "the kubelet's response is empty");
    }
    var error = PowerShellError.of(said);
    return switch (error.kind()) {
      case NO_EVENTS -> {
        isProvider = true;
        yield EventQueryResult.whole(0, took);
      }
      case TOO_MUCH -> EventQueryResult.cut(error.words());
      case NO_PROVIDER, FORBIDDEN, OTHER ->
          cutOff
              ? EventQueryResult.cut(CUT_OFF)
              : EventQueryResult.refused(error.outcome(provider));
      case NONE -> withoutTable(lines, provider, took, late, cutOff);
    };
  }

  /// The result of a response without a table: a message of the kubelet itself, or something
  /// unknown.
  private EventQueryResult withoutTable(
      Lines lines, String provider, Duration took, boolean late, boolean cutOff)
      throws IOException {
    var said = lines.other.toString();
    if (ErrorInBody.isFileHint(said)) {
      // The message is the same if the search took too long.
      return late || isProvider
          ? EventQueryResult.cut(
              "the node did not find " + provider + " within the kubelet's time limit")
          : EventQueryResult.file();
    }
    var outcome = ErrorInBody.of(provider, said, late, true);
    if (outcome.isPresent()) {
      boolean timeout = outcome.get().why().filter(Reason.TIMED_OUT::equals).isPresent();
      return timeout
          ? EventQueryResult.cut(outcome.get().words())
          : EventQueryResult.refused(outcome.get());
    }
    if (cutOff) {
      return EventQueryResult.cut(CUT_OFF);
    }
    lines.judge();
    return EventQueryResult.whole(0, took);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The lines of one response.
  private final class Lines implements EventTableReader.Sink {
    private final StringBuilder other = new StringBuilder();
    private boolean flowing;
    private long seen;

    @Override
    public void row(EventRow row) throws IOException {
      if (!row.continued()) {
        seen++;
      }
      if (seen == 1) {
        firstTime = row.time();
      }
      if (!seam.takes(row)) {
        return;
      }
      if (!row.header().equals(header)) {
        write(header.isEmpty() ? row.header() : "\n" + row.header());
        header = row.header();
      }
      if (!row.continued()) {
        rows++;
      }
      write(row.text());
    }

    @Override
    public void other(String line) throws IOException {
      if (flowing) {
        write(line + "\n");
        return;
      }
      other.append(line).append('\n');
      if (other.length() > MAX_OTHER) {
        // No error is this long: it is text of an unknown kind.
        flow();
      }
    }

    /// Classifies the text outside of the tables.
    void judge() throws IOException {
      if (flowing || other.toString().isBlank()) {
        return;
      }
      var error = PowerShellError.of(other.toString());
      if (error.kind() == PowerShellError.Kind.NONE) {
        flow();
      } else {
        remark = Optional.of(error.words());
      }
    }

    private void flow() throws IOException {
      flowing = true;
      strange = true;
      rows++;
      write(other.toString());
    }
  }
}
