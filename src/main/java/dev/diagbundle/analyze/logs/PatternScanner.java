package dev.diagbundle.analyze.logs;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.BinCounts;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.model.ErrorLine;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.TimeWindow;

/// A counter of the error lines of logs, by pattern and by the minutes of each log. Its memory is
/// bounded: logs with few errors are only summed up if there are too many, and the bins of time
/// become longer if there are too many of them.
///
/// A line is an error if it states that level; one that states no level is an error if it has a
/// word such as `failed`. A line that begins with blanks belongs to the line above.
public final class PatternScanner {
  /// The maximum number of logs that are counted separately.
  static final int MAX_SOURCES = 10_000;

  /// The maximum number of time bins of all logs.
  static final int MAX_BINS = 100_000;

  private static final int MAX_STEP = 1 << 20;
  private static final int MAX_EXAMPLE = 500;
  private static final String POD_LOGS = "cluster-resources/pods/logs/";
  private static final Comparator<Counted> NODES_FIRST =
      Comparator.comparing((Counted each) -> each.node.isEmpty());
  private static final Comparator<Counted> MOST_ERRORS_FIRST =
      Comparator.comparingLong((Counted each) -> -each.errors).thenComparing(each -> each.path);

  private final TimeWindow window;
  private final String prefix;
  private final Instant start;
  private final ErrorPatterns patterns = new ErrorPatterns();
  private final Set<String> copies = new HashSet<>();
  private final List<Counted> sources = new ArrayList<>();
  private Optional<Counted> current = Optional.empty();
  private LineStamp stamp = new LineStamp(Instant.EPOCH, ZoneOffset.UTC);
  private long bins;
  private int step = 1;
  private int logs;
  private int unread;
  private long lines;
  private long errors;
  private long untimed;
  private long outside;
  private int otherLogs;
  private long otherErrors;

  /// @param window the window of the run in this cluster
  /// @param prefix the cluster's folder, which ends in `/`; empty if there is none
  public PatternScanner(TimeWindow window, String prefix) {
    this.window = window;
    this.prefix = prefix;
    this.start = window.from().truncatedTo(ChronoUnit.MINUTES);
  }

  private static final class Counted {
    private final String path;
    private final String node;
    private final BinCounts bins = new BinCounts();
    private long lines;
    private long errors;
    private long begin = LineStamp.NONE;
    private long end = LineStamp.NONE;
    private boolean complete;

    Counted(String path, String node) {
      this.path = path;
      this.node = node;
    }

    private LogPatterns.Source source() {
      return new LogPatterns.Source(
          path, node, lines, errors, instant(begin), instant(end), complete, bins);
    }

    private static Optional<Instant> instant(long micros) {
      return micros == LineStamp.NONE ? Optional.empty() : Optional.of(LineStamp.instant(micros));
    }
  }

  /// Finds duplicate files, for example if a service's log was both queried and copied as a file:
  /// of equal files only the last is read.
  ///
  /// @param entries the entries of nodes, in the order of their paths
  public void plan(Stream<Entry> entries) {
    var paths = new HashMap<String, String>();
    entries.forEach(entry -> {
      var path = entry.path().value();
      if (wants(path)) {
        var other = paths.put(entry.sha256() + entry.bytes(), path);
        if (other != null) {
          copies.add(other);
        }
      }
    });
  }

  /// Returns whether it is a log, and not the copy of one: of a pod, of a service, or a text file
  /// with the name of a log.
  boolean wants(String path) {
    if (copies.contains(path)) {
      return false;
    }
    var below = path.substring(prefix.length());
    if (below.startsWith(POD_LOGS)) {
      return true;
    }
    var segments = below.split("/", 4);
    if (segments.length < 4 || !segments[0].equals("nodes")) {
      return false;
    }
    var name = segments[3];
    return switch (segments[2]) {
      case "services" -> name.endsWith(".log");
      case "files" -> name.contains(".log") && !name.endsWith(".gz") && !name.endsWith(".zip");
      default -> false;
    };
  }

  /// Starts a log.
  ///
  /// @param stamps the reader of the times of its lines
  void begin(String path, LineStamp stamps) {
    logs++;
    stamp = stamps;
    current = Optional.of(new Counted(path, LogLine.nodeOf(path)));
  }

  /// Adds the next line of the current log.
  void take(byte[] line, int length, long number) {
    var log = current.orElseThrow();
    log.lines = number;
    if (log.begin == LineStamp.NONE && number < 50) {
      log.begin = stamp.micros(line, 0, length);
    }
    if (ErrorLine.is(line, length)) {
      error(log, line, length, number);
    }
  }

  /// Ends the current log.
  ///
  /// @param line the last that was read
  /// @param complete true if that is the log's last line
  void end(byte[] line, int length, boolean complete) {
    var log = current.orElseThrow();
    current = Optional.empty();
    log.complete = complete;
    log.end = stamp.micros(line, 0, length);
    unread += complete ? 0 : 1;
    lines += log.lines;
    if (log.errors > 0 || !log.node.isEmpty()) {
      sources.add(log);
      if (sources.size() > MAX_SOURCES) {
        drop();
      }
    }
  }

  public LogPatterns result() {
    return new LogPatterns(
        prefix.isEmpty() ? "" : prefix.substring(prefix.indexOf('/') + 1, prefix.length() - 1),
        new LogPatterns.Totals(logs, unread, lines, errors, untimed, outside),
        start,
        Duration.ofMinutes(step),
        patterns.patterns(),
        patterns.dropped(),
        sources.stream().sorted(MOST_ERRORS_FIRST).map(Counted::source).toList(),
        new LogPatterns.Others(0, otherLogs, otherErrors));
  }

  private void error(Counted log, byte[] line, int length, long number) {
    long micros = stamp.micros(line, 0, length);
    int from = stamp.length();
    if (from >= length || (micros == LineStamp.NONE && isBlank(line[0])) || isBlank(line[from])) {
      return;
    }
    var raw = new String(line, from, length - from, StandardCharsets.UTF_8);
    var text = Printable.withoutAnsi(raw).stripTrailing();
    if (LineLevel.of(text.substring(LinePrefix.end(text))) == LineLevel.LOWER) {
      return;
    }
    errors++;
    log.errors++;
    var pattern = MessagePattern.of(text.substring(LinePrefix.message(text)));
    var example = new String(line, 0, Math.min(length, MAX_EXAMPLE), StandardCharsets.UTF_8);
    patterns.add(pattern, logs, micros, log.path, number, example.stripTrailing());
    count(log, micros);
  }

  private void count(Counted log, long micros) {
    if (micros == LineStamp.NONE) {
      untimed++;
      return;
    }
    var at = LineStamp.instant(micros);
    if (at.isBefore(start) || at.isAfter(window.to().plusSeconds(60))) {
      outside++;
      return;
    }
    long minute = (at.getEpochSecond() - start.getEpochSecond()) / 60;
    bins += log.bins.add((int) (minute / step)) ? 1 : 0;
    while (bins > MAX_BINS && step < MAX_STEP) {
      step *= 2;
      sources.forEach(each -> each.bins.coarsen());
      log.bins.coarsen();
      bins = log.bins.size() + sources.stream().mapToLong(each -> each.bins.size()).sum();
    }
  }

  /// Merges the lower half of the logs, nodes first and then by errors, into sums.
  private void drop() {
    sources.sort(NODES_FIRST.thenComparing(MOST_ERRORS_FIRST));
    var least = sources.subList(MAX_SOURCES / 2, sources.size());
    for (Counted each : least) {
      otherLogs++;
      otherErrors += each.errors;
      bins -= each.bins.size();
    }
    least.clear();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
