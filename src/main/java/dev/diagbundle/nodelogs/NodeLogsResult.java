package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.model.Outcome;

/// The result of printing logs of nodes.
///
/// @param logs every requested log, in the order of nodes and services
/// @param interrupted the signal that ended the printing early, if any
public record NodeLogsResult(List<PrintedLog> logs, Optional<String> interrupted) {
  public NodeLogsResult {
    logs = List.copyOf(logs);
  }

  /// The result of one log.
  ///
  /// @param printed number of bytes printed
  public record PrintedLog(LogName log, Outcome outcome, long printed) {}

  /// Returns whether every log was printed as far as the node has it.
  public boolean isComplete() {
    return logs.stream().noneMatch(log -> log.outcome().leavesGap());
  }

  /// Returns whether there is any result: lines, or the certainty that there are none.
  public boolean hasAny() {
    return logs.stream().anyMatch(log -> log.printed() > 0 || log.outcome().isAnswer());
  }
}
