package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.read.LogPatternsReader;
import dev.diagbundle.report.input.BundleFiles;
import java.util.regex.Pattern;

/// The error lines of the logs, as counted in `log-patterns.json`, in the bins of the timeline.
public final class LogErrors {
  private static final int MAX_NODES = 10_000;
  private static final int MAX_SPANS = 20_000;
  private static final Pattern CONTROL_PLANE =
      Pattern.compile(
          "(clusters/[^/]+/)?cluster-resources/pods/logs/kube-system/"
              + "(kube-apiserver|kube-controller-manager|kube-scheduler|etcd)-.*");
  private static final Pattern COPIES =
      Pattern.compile("(clusters/[^/]+/)?nodes/[^/]+/files/(pods|containers)/.*");

  private final TimelineScale scale;
  private final List<Source> sources = new ArrayList<>();
  private final Map<NodeKey, NodeErrors> nodes = new HashMap<>();
  private Optional<List<LogPatterns>> clusters = Optional.empty();
  private int spans;
  private long allSources;

  /// A pattern of the error lines of a cluster.
  record ClusterPattern(String cluster, LogPatterns.Pattern pattern) {}

  /// A log with errors.
  record Source(String path, long lines, long errors, TimeBins bins) {}

  /// A node; its name is empty for the control plane.
  record NodeKey(String cluster, String node) {}

  /// The errors in the logs of a node.
  ///
  /// @param spans the known time span of each of its logs, by path
  record NodeErrors(TimeBins bins, Map<String, Span> spans) {}

  /// The time from the first line of a log to its last.
  record Span(Optional<Instant> from, Optional<Instant> to) {}

  private LogErrors(BundleContents contents) {
    this.scale = TimelineScale.of(contents.manifest());
  }

  /// The error lines from the bundle's own file; unknown if it has none that can be read to its
  /// end.
  public static LogErrors of(BundleContents contents) {
    return BundleFiles.read(contents, BundleLayout.LOG_PATTERNS, in -> read(in, contents))
        .orElseGet(() -> new LogErrors(contents));
  }

  /// Reads the error lines of a bundle from a file. May leave the stream open.
  ///
  /// @throws IOException if it is not complete, or has another format
  public static LogErrors read(InputStream in, BundleContents contents) throws IOException {
    var errors = new LogErrors(contents);
    var reader = new LogPatternsReader(LogPatternsSection.MAX_PATTERNS, errors::add);
    errors.clusters = Optional.of(reader.read(in));
    errors.keepMost();
    return errors;
  }

  /// Returns whether there was an analysis.
  public boolean known() {
    return clusters.isPresent();
  }

  /// A sum over all clusters.
  long sum(ToLongFunction<LogPatterns> number) {
    return clusters().mapToLong(number).sum();
  }

  /// The number of logs with errors.
  long allSources() {
    return allSources + sum(cluster -> cluster.others().logs());
  }

  /// The patterns, the most frequent first.
  List<ClusterPattern> patterns() {
    return clusters()
        .flatMap(cluster ->
            cluster.patterns().stream().map(each -> new ClusterPattern(cluster.cluster(), each)))
        .sorted(Comparator.comparingLong((ClusterPattern each) -> -each.pattern().count()))
        .limit(LogPatternsSection.MAX_PATTERNS)
        .toList();
  }

  /// The logs, those with the most errors first.
  List<Source> sources() {
    return sources;
  }

  Map<NodeKey, NodeErrors> nodes() {
    return nodes;
  }

  Optional<NodeErrors> node(String cluster, String name) {
    return Optional.ofNullable(nodes.get(new NodeKey(cluster, name)));
  }

  private Stream<LogPatterns> clusters() {
    return clusters.stream().flatMap(List::stream);
  }

  private void add(LogPatterns cluster, LogPatterns.Source log) {
    var bins = bins(cluster, log);
    boolean ofNode = !log.node().isEmpty() && !COPIES.matcher(log.path()).matches();
    if (ofNode || CONTROL_PLANE.matcher(log.path()).matches()) {
      add(new NodeKey(cluster.cluster(), log.node()), log, bins);
    }
    if (log.errors() > 0) {
      allSources++;
      sources.add(new Source(log.path(), log.lines(), log.errors(), bins));
      if (sources.size() > 2 * LogPatternsSection.MAX_SOURCES) {
        keepMost();
      }
    }
  }

  private void add(NodeKey key, LogPatterns.Source log, TimeBins bins) {
    if (nodes.size() >= MAX_NODES && !nodes.containsKey(key)) {
      return;
    }
    var node = nodes.computeIfAbsent(key, _ -> new NodeErrors(new TimeBins(), new HashMap<>()));
    node.bins().addAll(bins);
    if (spans++ < MAX_SPANS) {
      node.spans().put(log.path(), new Span(log.from(), log.to()));
    }
  }

  private void keepMost() {
    sources.sort(Comparator.comparingLong((Source source) -> -source.errors()));
    if (sources.size() > LogPatternsSection.MAX_SOURCES) {
      sources.subList(LogPatternsSection.MAX_SOURCES, sources.size()).clear();
    }
  }

  private TimeBins bins(LogPatterns cluster, LogPatterns.Source log) {
    var bins = new TimeBins();
    var start = cluster.from();
    // A file may contain any value.
    if (start.isAfter(Instant.EPOCH) && start.getEpochSecond() < 1L << 40) {
      log.bins()
          .each((bin, count) -> {
            var from = start.plus(cluster.bin().multipliedBy(bin));
            bins.add(scale, from, from.plus(cluster.bin()).minusMillis(1), count);
          });
    }
    return bins;
  }
}
