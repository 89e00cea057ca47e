package dev.diagbundle.findings.read;

import module java.base;

import dev.diagbundle.findings.BinCounts;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.output.LogPatternsJson;

/// A reader of `log-patterns.json`. It keeps the most frequent patterns of each cluster, and passes
/// on each log as it is read, so that its memory is bounded.
public final class LogPatternsReader {
  private static final int MAX_BINS = 100_000;
  private static final long MAX_BIN = 1 << 24;
  private static final long MAX_BIN_MILLIS = 1L << 36;

  private final int maxPatterns;
  private final SourceVisitor visitor;

  /// A visitor of the logs, one by one.
  @FunctionalInterface
  public interface SourceVisitor {
    /// @param cluster the patterns of the log's cluster, without its logs
    void visit(LogPatterns cluster, LogPatterns.Source source);
  }

  /// @param maxPatterns the number of patterns kept for each cluster; the others are counted
  public LogPatternsReader(int maxPatterns, SourceVisitor visitor) {
    this.maxPatterns = maxPatterns;
    this.visitor = visitor;
  }

  /// Reads the patterns of each cluster. May leave the stream open.
  ///
  /// @return the patterns, without their logs
  /// @throws IOException if it is not complete, or has another format
  public List<LogPatterns> read(InputStream in) throws IOException {
    var clusters = new ArrayList<LogPatterns>();
    JsonWalk.document(
        in,
        LogPatternsJson.FORMAT,
        (json, name) -> {
          if (name.equals("clusters")) {
            json.elements(() -> clusters.add(cluster(json)));
          }
        });
    return clusters;
  }

  private LogPatterns cluster(JsonWalk json) throws IOException {
    var patterns = new ArrayList<LogPatterns.Pattern>();
    long[] left = new long[1];
    var fields =
        json.fields((before, name) -> {
          switch (name) {
            case "patterns" ->
                json.elements(() -> {
                  var pattern = pattern(json.fields());
                  if (patterns.size() < maxPatterns) {
                    patterns.add(pattern);
                  } else {
                    left[0]++;
                  }
                });
            case "sources" -> {
              var cluster = cluster(before, patterns, left[0]);
              json.elements(() -> visitor.visit(cluster, source(json)));
            }
            default -> json.skip();
          }
        });
    return cluster(fields, patterns, left[0]);
  }

  private static LogPatterns cluster(
      JsonWalk.Fields fields, List<LogPatterns.Pattern> patterns, long left) {
    return new LogPatterns(
        fields.text("cluster"),
        new LogPatterns.Totals(
            fields.number("logs"),
            fields.number("incompleteLogs"),
            fields.number("lines"),
            fields.number("errors"),
            fields.number("untimed"),
            fields.number("outsideWindow")),
        fields.time("from").orElse(Instant.EPOCH),
        Duration.ofMillis(Math.clamp(fields.number("binMillis"), 1, MAX_BIN_MILLIS)),
        patterns,
        fields.number("droppedPatterns"),
        List.of(),
        new LogPatterns.Others(
            fields.number("otherPatterns") + left,
            fields.number("otherLogs"),
            fields.number("otherErrors")));
  }

  private static LogPatterns.Pattern pattern(JsonWalk.Fields fields) {
    return new LogPatterns.Pattern(
        fields.text("pattern"),
        fields.number("count"),
        fields.number("sources"),
        fields.time("firstSeen"),
        fields.time("lastSeen"),
        fields.text("path"),
        fields.number("line"),
        fields.text("example"));
  }

  private static LogPatterns.Source source(JsonWalk json) throws IOException {
    var bins = new BinCounts();
    var fields =
        json.fields((_, name) -> {
          if (name.equals("bins")) {
            json.elements(() -> addBin(json, bins));
          }
        });
    return new LogPatterns.Source(
        fields.text("path"),
        fields.text("node"),
        fields.number("lines"),
        fields.number("errors"),
        fields.time("from"),
        fields.time("to"),
        fields.flag("complete"),
        bins);
  }

  private static void addBin(JsonWalk json, BinCounts bins) throws IOException {
    var numbers = new ArrayList<Long>(2);
    json.elements(() -> {
      long number = json.number();
      if (numbers.size() < 3) {
        numbers.add(number);
      }
    });
    if (numbers.size() == 2 && numbers.getFirst() < MAX_BIN && bins.size() < MAX_BINS) {
      bins.append(numbers.getFirst().intValue(), numbers.getLast());
    }
  }
}
