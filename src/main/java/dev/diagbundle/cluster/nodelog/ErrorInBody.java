package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A classifier of errors in the body of a log query's 200: the kubelet and the tools that it runs
/// write their errors there (`pkg/kubelet/kubelet_server_journal*.go`).
///
/// Only the first line that is not blank is tested, and only against whole sentences, so that log
/// text with the same words stays a log.
final class ErrorInBody {
  /// The message if the service's log is a file, for which the kubelet supports no options.
  static final String LOG_IS_A_FILE = "options present and query resolved to log files for [";

  private static final List<String> TOOL_ERRORS =
      List.of(
          "Failed to ",
          "Bad pattern ",
          "Hint: You are currently not seeing messages from other users",
          "Compiled without pattern matching support",
          "Get-WinEvent : ",
          "Unknown command ");

  private ErrorInBody() {}

  /// The outcome that the body represents, if it is no log.
  ///
  /// @param service the requested service
  /// @param head the beginning of the body
  /// @param late whether the response took about as long as the kubelet's limit of 30 s
  /// @param withOptions whether the request had options, so that the response cannot be a file
  static Optional<Outcome> of(String service, String head, boolean late, boolean withOptions) {
    var line = head.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    var text = line.get();
    if (text.equals("-- No entries --")) {
      return skipped(
          Reason.EMPTY, "the journal has no entries of " + service + " in the time window");
    }
    if (text.equals("log not found for " + service)) {
      return skipped(Reason.NOT_FOUND, text);
    }
    if (text.startsWith("error getting log for " + service + ":")) {
      return failed(
          text.endsWith("context deadline exceeded") ? Reason.TIMED_OUT : Reason.INVALID_ANSWER,
          text);
    }
    if (text.startsWith("context error: ")) {
      return failed(Reason.TIMED_OUT, text);
    }
    if (text.equals("error: journal output not available")
        || text.startsWith("failed to get logging cmd: ")) {
      return skipped(Reason.UNSUPPORTED, text);
    }
    if (!withOptions) {
      return text.startsWith(LOG_IS_A_FILE)
          ? failed(Reason.INVALID_ANSWER, text)
          : Optional.empty();
    }
    if (text.startsWith(LOG_IS_A_FILE) && late) {
      return failed(Reason.TIMED_OUT, "the node did not find " + service + " within 30 s");
    }
    if (text.startsWith("Data from the specified boot ")) {
      return skipped(Reason.NOT_FOUND, text);
    }
    if (text.startsWith("Get-WinEvent : No events were found")) {
      return skipped(
          Reason.EMPTY, "the event log has no events of " + service + " in the time window");
    }
    return TOOL_ERRORS.stream().anyMatch(text::startsWith)
        ? failed(Reason.INVALID_ANSWER, text)
        : Optional.empty();
  }

  /// Returns whether the body is the message that the service's log is a file.
  static boolean isFileHint(String head) {
    return head.stripLeading().startsWith(LOG_IS_A_FILE);
  }

  private static Optional<Outcome> skipped(Reason reason, String detail) {
    return Optional.of(new Outcome.Skipped(reason, detail));
  }

  private static Optional<Outcome> failed(Reason reason, String detail) {
    return Optional.of(new Outcome.Failed(reason, detail));
  }
}
