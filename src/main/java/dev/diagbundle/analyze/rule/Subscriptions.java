package dev.diagbundle.analyze.rule;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.checks.Thresholds;

/// The subscriptions of all rules to the single pass over a bundle. A visitor must keep little of
/// what it receives: there may be 50,000 objects.
public final class Subscriptions {
  private static final int MIN_LITERAL = 3;
  private static final Duration DAY = Duration.ofHours(24);

  private final Thresholds thresholds;
  private final List<Wish<SourceObject>> objects = new ArrayList<>();
  private final List<PathWish> paths = new ArrayList<>();
  private final List<Wish<SeenFile>> files = new ArrayList<>();
  private final List<LineWish> lines = new ArrayList<>();
  private final List<EndWish> ends = new ArrayList<>();
  private final Set<String> reasons = new HashSet<>();

  public record Wish<T>(String kind, Consumer<T> visitor) {}

  public record PathWish(Predicate<String> paths, Consumer<SourceObject> visitor) {}

  /// @param literals the literals of which a line must have one; if there are none, every line is
  ///   matched against the pattern
  public record LineWish(
      Predicate<String> paths,
      List<String> literals,
      LinePattern pattern,
      Consumer<LogLine> visitor) {
    public LineWish {
      literals = List.copyOf(literals);
    }
  }

  public record EndWish(Glob paths, Consumer<LogLine> visitor) {}

  public Subscriptions(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /// The configurable limits.
  public Thresholds thresholds() {
    return thresholds;
  }

  /// A JSON file that a rule subscribed to.
  ///
  /// @param path the path of the entry
  /// @param node the node that it belongs to, if it is below `nodes/`; else empty
  public record SeenFile(String path, String node, JsonNode tree) {}

  /// Subscribes to each object of a kind.
  ///
  /// @param folder the name of its folder or file below `cluster-resources/`, without `.json`, for
  ///   example `deployments` or `pvcs`
  public void objects(String folder, Consumer<SourceObject> visitor) {
    objects.add(new Wish<>(folder, visitor));
  }

  /// Subscribes to each object in some files.
  ///
  /// @param files a predicate for their paths below `cluster-resources/`
  public void objects(Predicate<String> files, Consumer<SourceObject> visitor) {
    paths.add(new PathWish(files, visitor));
  }

  /// Subscribes to events of these reasons, which are then in [Facts#events], merged.
  public void events(String... wanted) {
    reasons.addAll(List.of(wanted));
  }

  /// Subscribes to a JSON file of each node, for example `kubelet/stats-summary.json`.
  public void nodeFiles(String name, Consumer<SeenFile> visitor) {
    files.add(new Wish<>(name, visitor));
  }

  /// Subscribes to lines of logs.
  ///
  /// @param paths the paths of the logs, for example `nodes/{name}/services/kubelet.log` with a
  ///   star for the name
  /// @param literals the literals of which a line must have one, case-insensitively, each at least
  ///   three characters long: lines that have none are never matched against the pattern
  /// @param pattern an RE2 expression that the line must match as well
  public void lines(
      String paths, List<String> literals, String pattern, Consumer<LogLine> visitor) {
    if (literals.isEmpty()
        || literals.stream().anyMatch(literal -> literal.length() < MIN_LITERAL)) {
      throw new IllegalArgumentException("literals must have at least three characters");
    }
    lines.add(
        new LineWish(
            new Glob(paths).matcher(),
            literals,
            LinePattern.parse(pattern).orElseThrow(),
            visitor));
  }

  /// Subscribes to lines that a user's pattern is found in. If no literal can be derived from the
  /// pattern, every line is matched against it.
  public void lines(Predicate<String> paths, LinePattern pattern, Consumer<LogLine> visitor) {
    lines.add(new LineWish(paths, pattern.literals(MIN_LITERAL), pattern, visitor));
  }

  /// Subscribes to lines of logs, except those whose own time is more than a day before the
  /// reading: they are not relevant to a current problem.
  public void recentLines(
      String paths, List<String> literals, String pattern, Consumer<LogLine> visitor) {
    lines(
        paths,
        literals,
        pattern,
        line -> {
          var oldest = line.read().minus(DAY);
          if (line.time().filter(at -> at.isBefore(oldest)).isEmpty()) {
            visitor.accept(line);
          }
        });
  }

  /// Subscribes to the last non-empty line of each of these logs.
  public void lastLines(String paths, Consumer<LogLine> visitor) {
    ends.add(new EndWish(new Glob(paths), visitor));
  }

  public List<Wish<SourceObject>> objects() {
    return objects;
  }

  public List<PathWish> paths() {
    return paths;
  }

  public List<Wish<SeenFile>> files() {
    return files;
  }

  public List<LineWish> lines() {
    return lines;
  }

  public List<EndWish> ends() {
    return ends;
  }

  public Set<String> reasons() {
    return reasons;
  }
}
