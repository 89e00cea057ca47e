package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.RequestRecord;
import dev.diagbundle.collect.task.TaskExecutor;

/// A listener of running requests that passes their records to the list of requests, and the rest
/// to the executor, once there is one. Safe for use by many threads.
final class RequestListener {
  private volatile Optional<TaskExecutor> executor = Optional.empty();

  void attach(TaskExecutor tasks) {
    executor = Optional.of(tasks);
  }

  /// Detaches the executor.
  void detach() {
    executor = Optional.empty();
  }

  /// A listener that keeps records in the list.
  RequestRecord.Listener to(RequestRecord.Listener list) {
    return new RequestRecord.Listener() {
      @Override
      public void on(RequestRecord request) {
        list.on(request);
      }

      @Override
      public void answered(RequestOrigin caller, int status) {
        // The API server or a gateway answers with these in place of a node that it cannot reach.
        boolean inItsPlace = status >= 502 && status <= 504;
        if (!caller.node().isEmpty() && !inItsPlace) {
          executor.ifPresent(tasks -> tasks.answered(caller.node()));
        }
      }

      @Override
      public void leftBehind(RequestOrigin caller, Duration atMost) {
        executor.ifPresent(tasks -> tasks.leftBehind(caller.node(), atMost));
      }
    };
  }
}
