package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;

/// The built-in demo cluster, running inside this process. The caller of [#start] closes it.
///
/// @param clock the local clock, shifted to the time of the recording
record DemoCluster(ClusterData data, ReplayServer server, Clock clock) implements AutoCloseable {
  static DemoCluster start(Clock local) throws IOException {
    var data = ClusterData.demo();
    var server = ReplayServer.start(data, ReplayOptions.defaults());
    var lead = Duration.between(local.instant(), data.time());
    return new DemoCluster(data, server, Clock.offset(local, lead));
  }

  ClusterConnection connection() {
    return ClusterConnection.anonymous("demo", server.url().toString());
  }

  /// The options of its client: no PowerShell starts for it, so its Windows node needs no pause.
  ClientOptions client() {
    return ClientOptions.USUAL.withQueryPause(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    try (data) {
      server.close();
    }
  }
}
