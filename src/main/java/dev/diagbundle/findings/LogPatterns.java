package dev.diagbundle.findings;

import module java.base;

/// What the error lines of a cluster's logs say, how often, and when.
///
/// @param cluster the context; empty if the bundle has one cluster
/// @param from when the first bin begins
/// @param bin the length of a bin
/// @param patterns the most frequent first
/// @param dropped how often a pattern was dropped because there were too many; counts of patterns
///   with few lines may be too low then
/// @param sources logs with errors, and all logs of nodes; those with the most errors first
/// @param others what there was no room for
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
  /// @param logs how many were read
  /// @param incomplete how many of them not to their end
  /// @param lines of all logs
  /// @param errors lines that are errors
  /// @param untimed those of them without a time of their own
  /// @param outside those of them that are not of the run's window
  public record Totals(
      long logs, long incomplete, long lines, long errors, long untimed, long outside) {}

  /// Error lines that differ only in numbers, identifiers and addresses.
  ///
  /// @param text what they have in common
  /// @param sources how many logs have such lines
  /// @param path of the example
  /// @param line number of the example, from 1
  /// @param example the first of them, in the order of paths
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
  /// @param node whose log it is; empty for logs of pods
  /// @param from the time of its first line, if it says so
  /// @param to that of its last
  /// @param complete whether it was read to its end
  /// @param bins errors in each bin
  public record Source(
      String path,
      String node,
      long lines,
      long errors,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean complete,
      BinCounts bins) {}

  /// @param patterns that are not listed, all rarer than the listed ones
  /// @param logs that are not listed
  /// @param errors lines in these logs
  public record Others(long patterns, long logs, long errors) {}
}
