package dev.diagbundle.cluster;

import module java.base;

import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/// The stage of one call, which determines what a failure means. Its methods are called on the
/// thread of the call.
final class CallStage extends EventListener {
  private Stage stage = Stage.CONNECTING;

  /// A stage before the response.
  enum Stage {
    /// Before the connection to the server, or to the proxy.
    CONNECTING,
    /// During the TLS handshake with the server.
    SECURING,
    /// With a connection.
    CONNECTED
  }

  Stage stage() {
    return stage;
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    stage = Stage.CONNECTING;
  }

  @Override
  public void secureConnectStart(Call call) {
    stage = Stage.SECURING;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    stage = Stage.CONNECTED;
  }
}
