package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.RequestRecord;
import dev.diagbundle.collect.inventory.NodeClocks;
import dev.diagbundle.collect.task.TaskExecutor;
import dev.diagbundle.model.ClockLead;

/// A listener of running requests that passes their records to the list of requests, the clocks of
/// nodes to the inventory, and the rest to the executor, once there is one. Safe for use by many
/// threads.
final class RequestListener {
  private volatile Optional<TaskExecutor> executor = Optional.empty();
  private volatile Optional<Clocks> clocks = Optional.empty();

  /// @param skew the local clock's lead over the API server's
  private record Clocks(NodeClocks nodes, Duration skew) {
    void on(Request request, int status, String serverDate, Instant sent, Instant received) {
      var node = request.caller().node();
      // Failures may be answered by the API server in place of the node.
      boolean ofNode = !node.isEmpty() && request.path().contains(PROXY);
      if (ofNode && (status == OK || status == PARTIAL_CONTENT || isProbe(status, request))) {
        date(serverDate)
            .map(date -> ClockLead.ofResponse(date, sent.minus(skew), received.minus(skew)))
            .ifPresent(lead -> nodes.add(node, lead));
      }
    }

    /// Only a kubelet refuses an empty log query.
    private static boolean isProbe(int status, Request request) {
      return status == BAD_REQUEST && request.path().endsWith("?query=");
    }

    private static Optional<Instant> date(String text) {
      try {
        return text.isEmpty()
            ? Optional.empty()
            : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
  }

  private static final String PROXY = "/proxy/";
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int BAD_REQUEST = 400;

  /// @param skew the local clock's lead over the API server's
  void attach(TaskExecutor tasks, NodeClocks nodes, Duration skew) {
    executor = Optional.of(tasks);
    clocks = Optional.of(new Clocks(nodes, skew));
  }

  /// Detaches the executor.
  void detach() {
    executor = Optional.empty();
    clocks = Optional.empty();
  }

  /// A listener that keeps records in the list.
  RequestRecord.Listener to(RequestRecord.Listener list) {
    return new RequestRecord.Listener() {
      @Override
      public void on(RequestRecord request) {
        list.on(request);
      }

      @Override
      public void dated(
          Request request, int status, String serverDate, Instant sent, Instant received) {
        clocks.ifPresent(known -> known.on(request, status, serverDate, sent, received));
      }

      @Override
      public void answered(RequestOrigin caller, int status) {
        // The API server or a gateway answers with these in place of a node that it cannot reach.
        boolean inItsPlace = (status >= 502 && status <= 504) || status == 401 || status == 403;
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
