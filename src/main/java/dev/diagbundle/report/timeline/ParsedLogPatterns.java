package dev.diagbundle.report.timeline;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.read.BundleContents;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the error lines of the logs say, as `log-patterns.json` tells it, as far as the page shows
/// it.
public final class ParsedLogPatterns {
  /// Nothing is known of error lines.
  public static final ParsedLogPatterns NONE =
      new ParsedLogPatterns(new Totals(0, 0, 0, 0, 0, 0), List.of(), List.of(), Map.of(), false);

  private static final Logger LOG = LoggerFactory.getLogger(ParsedLogPatterns.class);

  private final Totals totals;
  private final List<Shape> shapes;
  private final List<Source> sources;
  private final Map<NodeKey, NodeErrors> nodes;
  private final boolean known;

  ParsedLogPatterns(
      Totals totals,
      List<Shape> shapes,
      List<Source> sources,
      Map<NodeKey, NodeErrors> nodes,
      boolean known) {
    this.totals = totals;
    this.shapes = List.copyOf(shapes);
    this.sources = List.copyOf(sources);
    this.nodes = Map.copyOf(nodes);
    this.known = known;
  }

  /// Sums over all clusters.
  ///
  /// @param unread logs that were not read to their end
  /// @param sources logs with errors
  /// @param dropped how often a shape was dropped because there were too many
  record Totals(long logs, long unread, long errors, long shapes, long sources, long dropped) {}

  /// Error lines of one shape; the example may lead nowhere.
  record Shape(
      String cluster,
      String shape,
      long count,
      long sources,
      Optional<Instant> first,
      Optional<Instant> last,
      String path,
      long line,
      String example) {}

  /// A log with errors.
  record Source(String cluster, String path, long lines, long errors, TimeBins bins) {}

  /// A node; its name is empty for the control plane.
  record NodeKey(String cluster, String node) {}

  /// The errors in the logs of a node.
  ///
  /// @param spans what is known of each of its logs, by path
  record NodeErrors(TimeBins bins, Map<String, Span> spans) {}

  /// From the first line of a log to its last.
  record Span(Optional<Instant> begin, Optional<Instant> end) {}

  /// What the bundle's own file says; [#NONE] if it has none that can be read to its end.
  public static ParsedLogPatterns of(BundleContents contents) {
    var entry = contents.find(BundleLayout.LOG_PATTERNS);
    if (entry.isEmpty()) {
      return NONE;
    }
    try (var in = contents.open(entry.get())) {
      return read(in, contents);
    } catch (IOException e) {
      LOG.debug("{} is not readable", entry.get().path(), e);
      return NONE;
    }
  }

  /// What a file says of a bundle. Does not close the stream for sure.
  ///
  /// @throws IOException if it is not whole, or of another format
  public static ParsedLogPatterns read(InputStream in, BundleContents contents) throws IOException {
    return new LogPatternsParser(TimelineScale.of(contents.manifest())).parse(in);
  }

  /// Whether there was an analysis.
  public boolean known() {
    return known;
  }

  Totals totals() {
    return totals;
  }

  /// The most frequent first.
  List<Shape> shapes() {
    return shapes;
  }

  /// Those with the most errors first.
  List<Source> sources() {
    return sources;
  }

  Map<NodeKey, NodeErrors> nodes() {
    return nodes;
  }

  Optional<NodeErrors> node(String cluster, String name) {
    return Optional.ofNullable(nodes.get(new NodeKey(cluster, name)));
  }
}
