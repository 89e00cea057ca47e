package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "Log patterns": error lines grouped by pattern, and the logs with the most of them.
///
/// @param total the number of patterns, of which `rows` are shown at most
/// @param note a note on the counts; may be empty
/// @param allLogs the number of logs with errors, of which `logs` are shown at most
/// @param per the length of the bin of `peak`, in words
/// @param file the link to `log-patterns.json`, if the bundle has it
public record LogPatternsSection(
    boolean known,
    String count,
    String lead,
    String note,
    long total,
    List<Row> rows,
    long allLogs,
    String per,
    List<Log> logs,
    Optional<FileLink> file) {
  static final int MAX_PATTERNS = 50;
  static final int MAX_SOURCES = 20;

  private static final int BAR_HEIGHT = 20;
  private static final int MAX_LENGTH = 400;

  /// One pattern.
  ///
  /// @param first the time of the first line
  /// @param place the place of the example, in the format of editors
  /// @param file the file of the example, if it is in the bundle
  record Row(
      String cluster,
      String pattern,
      String count,
      String logs,
      String first,
      String last,
      String place,
      Optional<FileLink> file,
      long line,
      String example) {}

  /// One log.
  ///
  /// @param file the file, if it is in the bundle
  /// @param peak the maximum in one bin of the window, and its time
  /// @param bars the bars of a small chart of the window, as the outline of a path
  record Log(
      String path,
      Optional<FileLink> file,
      String lines,
      String errors,
      String peak,
      String at,
      String bars) {}

  public static LogPatternsSection of(BundleFiles files, LogErrors patterns) {
    var scale = TimelineScale.of(files.manifest());
    return new LogPatternsSection(
        patterns.known(),
        TextFormat.count(patterns.sum(cluster -> cluster.totals().errors()), "error line"),
        lead(patterns),
        note(patterns),
        allPatterns(patterns),
        patterns.patterns().stream().map(each -> row(files, each, scale.to())).toList(),
        patterns.allSources(),
        TextFormat.duration(Duration.ofMillis(Math.max(1_000, Math.round(scale.binMillis())))),
        patterns.sources().stream().map(source -> log(files, source, scale)).toList(),
        files.findInBundle(BundleLayout.LOG_PATTERNS).map(FileLink::path));
  }

  /// The number of errors for the list of sections.
  public String errors() {
    return count.substring(0, count.indexOf('\u00a0'));
  }

  private static long allPatterns(LogErrors patterns) {
    return patterns.sum(cluster -> cluster.patterns().size() + cluster.others().patterns());
  }

  private static String lead(LogErrors patterns) {
    long logs = patterns.sum(cluster -> cluster.totals().logs());
    long errors = patterns.sum(cluster -> cluster.totals().errors());
    if (logs == 0) {
      return "This bundle contains no logs.";
    }
    var of = " in " + TextFormat.count(logs, "log");
    if (errors == 0) {
      return "No error line" + of + ".";
    }
    return TextFormat.count(errors, "error line")
        + of
        + ", in "
        + TextFormat.count(allPatterns(patterns), "pattern")
        + ": lines that differ only in numbers, identifiers and addresses are grouped, the most"
        + " frequent first. A line counts as an error by its log level or, without a level, by a"
        + " word such as failed.";
  }

  private static String note(LogErrors patterns) {
    var notes = new ArrayList<String>();
    long dropped = patterns.sum(LogPatterns::dropped);
    if (dropped > 0) {
      notes.add(
          "Patterns exceeded the limit; rare ones were dropped "
              + TextFormat.count(dropped, "time")
              + ", and counts of rare patterns may be too low.");
    }
    long incomplete = patterns.sum(cluster -> cluster.totals().incomplete());
    if (incomplete > 0) {
      notes.add(TextFormat.count(incomplete, "log was", "logs were") + " not fully read.");
    }
    return String.join(" ", notes);
  }

  private static Row row(BundleFiles files, LogErrors.ClusterPattern each, Instant now) {
    var pattern = each.pattern();
    var place = pattern.path() + ":" + pattern.line();
    return new Row(
        each.cluster(),
        pattern.text(),
        TextFormat.count(pattern.count()),
        TextFormat.count(pattern.sources()),
        pattern.firstSeen().map(time -> TextFormat.timeNear(now, time)).orElse(""),
        pattern.lastSeen().map(time -> TextFormat.timeNear(now, time)).orElse(""),
        place,
        entry(files, pattern.path()).map(entry -> new FileLink(Href.entry(entry.path()), place)),
        pattern.line(),
        Printable.cut(pattern.example(), MAX_LENGTH));
  }

  private static Log log(BundleFiles files, LogErrors.Source source, TimelineScale scale) {
    var bins = source.bins();
    long max = bins.max();
    return new Log(
        source.path(),
        entry(files, source.path()).map(FileLink::path),
        TextFormat.count(source.lines()),
        TextFormat.count(source.errors()),
        max == 0 ? "" : TextFormat.count(max),
        max == 0 ? "" : TextFormat.timeNear(scale.to(), scale.start(bins.highest())),
        bars(bins, max));
  }

  private static String bars(TimeBins bins, long max) {
    var path = new StringBuilder();
    for (int bin = 0; bin < TimelineScale.BINS; bin++) {
      if (bins.get(bin) > 0) {
        double height = Math.max(1, BAR_HEIGHT * Math.sqrt((double) bins.get(bin) / max));
        path.append(TimelineChart.bar(bin * 4, BAR_HEIGHT, 3, -height));
      }
    }
    return path.toString();
  }

  /// The entry at a path from the file, which may be any text.
  private static Optional<Entry> entry(BundleFiles files, String path) {
    try {
      return files.findInBundle(new EntryPath(path));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
