package dev.diagbundle.cluster.tls;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// A factory of TLS sockets over connected ones, with the trust and the client certificate of one
/// cluster. The server's name is sent with any host but an IP address (RFC 6066 section 3): the JDK
/// by itself omits it for names without a dot or with an underscore. Safe for use by many threads.
public final class TlsSockets extends SSLSocketFactory {
  private final X509ExtendedTrustManager trust;
  private final Optional<String> serverName;
  private final int handshakeMillis;
  private final SSLSocketFactory sockets;

  private TlsSockets(
      X509ExtendedTrustManager trust,
      Optional<String> serverName,
      int handshakeMillis,
      SSLSocketFactory sockets) {
    this.trust = trust;
    this.serverName = serverName;
    this.handshakeMillis = handshakeMillis;
    this.sockets = sockets;
  }

  /// The factory without a client certificate.
  ///
  /// @param handshake maximum silence of the other side during a handshake
  /// @throws DiagbundleException if the authorities cannot be read
  public static TlsSockets of(ClusterConnection.Tls tls, Duration handshake)
      throws DiagbundleException {
    var trust = ServerTrust.of(tls);
    return new TlsSockets(
        trust, tls.serverName(), (int) handshake.toMillis(), sockets(trust, new KeyManager[0]));
  }

  /// This factory with a client certificate. Sessions are not shared with this one: they belong to
  /// the certificate that began them.
  public TlsSockets with(ClientIdentity identity) {
    return new TlsSockets(
        trust, serverName, handshakeMillis, sockets(trust, new KeyManager[] {identity}));
  }

  private static SSLSocketFactory sockets(TrustManager trust, KeyManager[] keys) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  public X509TrustManager trust() {
    return trust;
  }

  /// The name to verify in the certificate of this host.
  public String verified(String host) {
    return serverName.orElse(host);
  }

  /// Returns a TLS socket, before its handshake, over a connected one.
  @Override
  public SSLSocket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    var socket = (SSLSocket) sockets.createSocket(connected, host, port, autoClose);
    var parameters = socket.getSSLParameters();
    parameters.setServerNames(names(verified(host)));
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(handshakeMillis);
    return socket;
  }

  private static List<SNIServerName> names(String host) {
    var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.isEmpty() || isAddress(name)) {
      return List.of();
    }
    return List.of(new HostName(name));
  }

  /// A name of a host. The JDK's own class for it refuses underscores.
  private static final class HostName extends SNIServerName {
    HostName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean isAddress(String host) {
    try {
      var _ = InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("no connection of its own");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("no connection of its own");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("no connection of its own");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("no connection of its own");
  }
}
