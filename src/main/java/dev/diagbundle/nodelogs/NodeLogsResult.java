package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.model.Outcome;

/// What came of printing logs of nodes.
///
/// @param logs every log that was asked for, in the order of nodes and services
/// @param interrupted the signal that ended it early
public record NodeLogsResult(List<PrintedLog> logs, Optional<String> interrupted) {
  public NodeLogsResult {
    logs = List.copyOf(logs);
  }

  /// One log.
  ///
  /// @param printed how many bytes came of it
  public record PrintedLog(LogName log, Outcome outcome, long printed) {}

  /// Whether every log is there as far as the node has it.
  public boolean isComplete() {
    return logs.stream().noneMatch(log -> log.outcome().leavesGap());
  }

  /// Whether there is something to show for it: lines, or the certainty that there are none.
  public boolean hasAny() {
    return logs.stream().anyMatch(log -> log.printed() > 0 || log.outcome().isAnswer());
  }
}
