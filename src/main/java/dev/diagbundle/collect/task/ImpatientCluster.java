package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.cluster.AccessReview;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.Response;
import dev.diagbundle.model.Ticker;

/// The cluster as a task sees it whose node has not answered yet: the wait for the first response
/// is short, the wait for others, such as that of a log query after its probe, is the usual one.
/// Its creator closes the cluster behind it.
public final class ImpatientCluster implements Cluster {
  private final Cluster cluster;
  private final AtomicBoolean answered = new AtomicBoolean();

  /// @param cluster which the patience of the requests' originator applies to
  public ImpatientCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public String server() {
    return cluster.server();
  }

  @Override
  public Ticker ticker() {
    return cluster.ticker();
  }

  @Override
  public Response get(Request call) throws IOException, InterruptedException {
    if (answered.get()) {
      return cluster.get(call.withCaller(call.caller().patient()));
    }
    var answer = cluster.get(call);
    answered.set(true);
    return answer;
  }

  @Override
  public Response ask(AccessReview review, RequestOrigin caller)
      throws IOException, InterruptedException {
    return cluster.ask(review, caller);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
