package dev.diagbundle.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the error lines of a cluster's logs say, how often, and when.
///
/// @param cluster the context; empty if the bundle has one cluster
/// @param logs how many were read
/// @param unread how many of them not to their end
/// @param lines of all logs
/// @param errors lines that are errors
/// @param untimed those of them without a time of their own
/// @param outside those of them that are not of the run's window
/// @param start when the first stretch of time begins
/// @param step how many minutes a stretch has
/// @param shapes the most frequent first
/// @param dropped how often a shape was dropped because there were too many; counts of shapes with
///   few lines may be too low then
/// @param sources logs with errors, and all logs of nodes; those with the most errors first
/// @param others logs that there was no room for
public record LogPatterns(
    String cluster,
    int logs,
    int unread,
    long lines,
    long errors,
    long untimed,
    long outside,
    Instant start,
    int step,
    List<Shape> shapes,
    long dropped,
    List<Source> sources,
    Others others) {
  public LogPatterns {
    shapes = List.copyOf(shapes);
    sources = List.copyOf(sources);
  }

  /// Error lines of one shape.
  ///
  /// @param sources how many logs have such lines
  /// @param path of the example
  /// @param line number of the example, from 1
  /// @param example the first of them, in the order of paths
  public record Shape(
      String shape,
      long count,
      int sources,
      Optional<Instant> first,
      Optional<Instant> last,
      String path,
      long line,
      String example) {}

  /// One log.
  ///
  /// @param node whose log it is; empty for logs of pods
  /// @param begin the time of its first line, if it says so
  /// @param end that of its last
  /// @param whole whether it was read to its end
  /// @param bins errors in each stretch of time, from `start`
  public record Source(
      String path,
      String node,
      long lines,
      long errors,
      Optional<Instant> begin,
      Optional<Instant> end,
      boolean whole,
      BinCounts bins) {}

  /// @param errors lines in them
  public record Others(int logs, long errors) {}
}
