package dev.diagbundle.collect.task;

import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.ObjectList.BrokenListException;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;

/// The result of one run of a task.
///
/// @param serverFault true if the server reported a failure of its own (5xx)
public record TaskResult(Outcome outcome, boolean serverFault) {
  static TaskResult of(Outcome outcome) {
    return new TaskResult(outcome, false);
  }

  /// The result of a failure. A failure after the start of a response is no evidence against the
  /// node: only a refusal can mean that it is unreachable.
  public static TaskResult of(IOException failure) {
    return switch (failure) {
      case BrokenListException e ->
          of(
              new Outcome.Partial(
                  e.reason(), "cut off after " + e.delivered() + " objects: " + e.getMessage()));
      case RequestFailedException e ->
          new TaskResult(new Outcome.Failed(e.reason(), e.getMessage()), e.status() >= 500);
      default -> of(ErrorClassifier.brokenOff(failure));
    };
  }

  boolean isUnreachable() {
    return failed(Reason.UNREACHABLE);
  }

  boolean isTimeout() {
    return failed(Reason.TIMED_OUT);
  }

  /// Returns whether the API server may have refused the request, without asking the node.
  boolean isForbidden() {
    return failed(Reason.FORBIDDEN);
  }

  /// Returns whether this is a reason not to send the node more requests of the same load: silence,
  /// a response that broke off before any of its data arrived, and for log queries a fault of their
  /// handler. A file that cannot be read says nothing about the next one, and refusals by rule are
  /// good answers.
  boolean isStrain(Load load) {
    return isTimeout() || failed(Reason.TRUNCATED) || (load == Load.QUERY && serverFault);
  }

  private boolean failed(Reason reason) {
    return outcome instanceof Outcome.Failed(Reason why, String _) && why == reason;
  }
}
