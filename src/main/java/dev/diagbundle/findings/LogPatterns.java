package dev.diagbundle.findings;

import module java.base;

/// The error patterns of a cluster's logs, with their counts and times.
///
/// @param cluster the context; empty if the bundle has one cluster
/// @param from the start of the first bin
/// @param bin the length of a bin
/// @param patterns the patterns, the most frequent first
/// @param dropped the number of times that a pattern was dropped because there were too many;
///   counts of patterns with few lines may be too low then
/// @param sources the logs with errors, and all logs of nodes; those with the most errors first
/// @param others the sums of unlisted patterns and logs
public record LogPatterns(
    String cluster,
    Totals totals,
    Instant from,
    Duration bin,
    List<Pattern> patterns,
    long dropped,
    List<Source> sources,
    Others others) {
  public LogPatterns {
    patterns = List.copyOf(patterns);
    sources = List.copyOf(sources);
  }

  /// Sums over all logs.
  ///
  /// @param logs the number of logs that were read
  /// @param incomplete the number of logs that were not read to their end
  /// @param lines the number of lines of all logs
  /// @param errors the number of error lines
  /// @param untimed the number of error lines without a time of their own
  /// @param outside the number of error lines outside the run's window
  public record Totals(
      long logs, long incomplete, long lines, long errors, long untimed, long outside) {}

  /// Error lines that differ only in numbers, identifiers and addresses.
  ///
  /// @param text the text that they have in common
  /// @param sources the number of logs with such lines
  /// @param path the path of the example
  /// @param line the line number of the example, from 1
  /// @param example the first such line, in the order of paths
  public record Pattern(
      String text,
      long count,
      long sources,
      Optional<Instant> firstSeen,
      Optional<Instant> lastSeen,
      String path,
      long line,
      String example) {}

  /// One log.
  ///
  /// @param node the node of the log; empty for logs of pods
  /// @param from the time of its first line, if it has one
  /// @param to the time of its last line, if it has one
  /// @param complete true if it was read to its end
  /// @param bins the number of errors in each bin
  public record Source(
      String path,
      String node,
      long lines,
      long errors,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean complete,
      BinCounts bins) {}

  /// @param patterns the number of unlisted patterns, all rarer than the listed ones
  /// @param logs the number of unlisted logs
  /// @param errors the number of error lines in these logs
  public record Others(long patterns, long logs, long errors) {}
}
