package dev.diagbundle.bundle.truncate;

import module java.base;

/// The extent of a log that was longer than its limit.
///
/// @param bytes size of the whole log
/// @param lines number of lines of the whole log
/// @param keptBytes size of the entry
/// @param gaps the omitted parts, in their order; none if it has no lines, and its newest bytes are
///   kept
public record LimitedLog(long bytes, long lines, long keptBytes, List<Truncation.Missing> gaps) {
  public LimitedLog {
    gaps = List.copyOf(gaps);
  }
}
