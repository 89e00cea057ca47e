package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;

/// The log of one service of one node, through the kubelet's Node Log Query (KEP-2258), cut to a
/// window. One query is for one service: for several, the kubelet mixes the results.
///
/// On Linux that is the journal ([JournalPager]), on Windows the event log ([EventLog]); if the
/// service writes a file, the file ([ServiceFile]).
///
/// @param node its name
/// @param windows whether the node runs Windows
/// @param service its bare name
/// @param query the node's support for log queries
/// @param window the lines wanted, by the clock of the run; it may have no end
/// @param clock of the run
/// @param limit the kubelet's time limit on a response
/// @param caller the originator of the requests
public record ServiceLog(
    String node,
    boolean windows,
    String service,
    LogQuerySupport query,
    TimeWindow window,
    Options options,
    InstantSource clock,
    LogQueryTimeout limit,
    RequestOrigin caller) {
  /// Filters in addition to the window.
  ///
  /// @param boot only entries of this boot: 0 the present one, -1 the one before it
  /// @param pattern only entries that match this; matched here, not on the node, where a search
  ///   without hits looks like a node that hangs, and costs it as much
  /// @param codePage of a Windows node
  /// @param maxFileBytes maximum bytes, from the end, if the log is a file
  public record Options(
      OptionalInt boot, Optional<LinePattern> pattern, CodePage codePage, long maxFileBytes) {
    /// All lines, of all boots.
    public static final Options NONE =
        new Options(OptionalInt.empty(), Optional.empty(), CodePage.USUAL, Long.MAX_VALUE);
  }

  /// Form of the lines, which determines the format of their stamps.
  public enum Form {
    /// Entries of a journal, stamped in UTC, cut to the window.
    JOURNAL,
    /// PowerShell's table of events, stamped in the node's own format, cut to the window.
    EVENTS,
    /// A file, stamped in an unknown format, and not cut to the window.
    FILE
  }

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing of use if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    return copyTo(cluster, out, form -> {});
  }

  /// As the other method, for callers that need the form of the lines.
  ///
  /// @param form receives it before the first byte; the last value counts
  public Outcome copyTo(Cluster cluster, OutputStream out, Consumer<Form> form)
      throws IOException, InterruptedException {
    if (windows && options.boot().isPresent()) {
      return new Outcome.Skipped(Reason.UNSUPPORTED, "Windows does not support selecting a boot");
    }
    form.accept(windows ? Form.EVENTS : Form.JOURNAL);
    var log = windows ? events(cluster, out) : new JournalPager(this, out).copy(cluster);
    if (log.isPresent()) {
      return log.get();
    }
    form.accept(Form.FILE);
    return file(cluster, out);
  }

  /// The approximate time of the node's clock.
  Instant present() {
    return clock.instant().plus(query.skew());
  }

  /// The window by the node's clock, which stamps the lines: a clock that is off does not hide the
  /// lines of the window.
  TimeWindow stampedWindow() {
    return query.lead().window(window);
  }

  /// The path of a query.
  ///
  /// @param parameters each with an ampersand before it
  String path(String parameters) {
    var path = LogPath.ROOT.url(node) + "?query=" + Request.value(service) + parameters;
    return options.boot().isPresent() ? path + "&boot=" + options.boot().getAsInt() : path;
  }

  private Optional<Outcome> events(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    var log =
        new EventLog(
            node,
            service,
            stampedWindow(),
            present(),
            query.windowsZone(),
            options.codePage(),
            limit,
            caller);
    return matching(out, lines -> log.copyTo(cluster, lines));
  }

  private Outcome file(Cluster cluster, OutputStream out) throws IOException, InterruptedException {
    var file = new ServiceFile(this);
    return matching(out, lines -> Optional.of(file.copyTo(cluster, lines))).orElseThrow();
  }

  private interface Copy {
    Optional<Outcome> to(OutputStream out) throws IOException, InterruptedException;
  }

  /// Copies the lines that match the pattern, if there is one.
  private Optional<Outcome> matching(OutputStream out, Copy copy)
      throws IOException, InterruptedException {
    if (options.pattern().isEmpty()) {
      return copy.to(out);
    }
    var matching = new MatchingOutputStream(options.pattern().get(), out);
    var outcome = copy.to(matching);
    matching.close();
    return outcome.map(all ->
        matching.kept() == 0 && all instanceof Outcome.Collected
            ? new Outcome.Skipped(Reason.EMPTY, "no line of the log matches the pattern")
            : all);
  }
}
