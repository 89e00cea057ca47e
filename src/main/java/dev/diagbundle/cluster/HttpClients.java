package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.cluster.socket.RoutedSockets;
import dev.diagbundle.cluster.socket.SocksProxy;
import dev.diagbundle.cluster.socket.SocksProxy.Login;
import dev.diagbundle.cluster.tls.ClientIdentity;
import dev.diagbundle.cluster.tls.TlsSockets;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.model.DiagbundleException;
import java.net.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/// The OkHttp clients of one cluster: one for each client certificate in turn, so that neither a
/// connection nor a TLS session of an earlier certificate is used again. Safe for use by many
/// threads.
///
/// OkHttp's own timeouts are off, except for the one of connecting: a thread of its own would
/// enforce them. The sockets' timeouts are used instead, on the thread that reads.
final class HttpClients implements Closeable {
  /// Idle connections that are kept, as many as client-go keeps (`idleConnsPerHost`).
  private static final int MAX_IDLE = 25;

  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  /// The versions and cipher suites of the JDK.
  private static final ConnectionSpec TLS =
      new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
          .allEnabledTlsVersions()
          .allEnabledCipherSuites()
          .build();

  private final OkHttpClient plain;
  private final Optional<TlsSockets> tls;
  private final Optional<ProxyServer> proxy;
  private final HostLookup lookup;
  private final ClientOptions options;
  private final SocketFactory sockets;
  private final HostnameVerifier verifier;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<ClientCertificate> certificate = Optional.empty();
  private OkHttpClient current;

  /// Opens nothing yet.
  ///
  /// @param sockets plain sockets, unconnected
  HttpClients(ClusterConnection connection, ClientOptions options, SocketFactory sockets)
      throws DiagbundleException {
    this.options = options;
    this.sockets = sockets;
    this.proxy = connection.proxy().map(ProxyServer::of);
    this.lookup = new HostLookup(options.connecting());
    boolean secure =
        connection.server().regionMatches(true, 0, "https:", 0, 6)
            || proxy.filter(server -> server.scheme().equals("https")).isPresent();
    this.tls =
        secure
            ? Optional.of(TlsSockets.of(connection.tls(), options.connecting()))
            : Optional.empty();
    this.plain =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(new ConnectionPool(MAX_IDLE, 90, TimeUnit.SECONDS))
            .fastFallback(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(options.connecting())
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(Duration.ZERO)
            .proxy(Proxy.NO_PROXY)
            .dns(lookup)
            .socketFactory(sockets)
            .eventListenerFactory(call -> call.request().tag(CallStage.class))
            .addNetworkInterceptor(this::limited)
            .build();
    this.verifier =
        connection.tls().insecure() ? (host, session) -> true : plain.hostnameVerifier();
    this.current = client(tls);
  }

  /// The client that presents these credentials' certificate.
  ///
  /// @throws DiagbundleException if the certificate or its key cannot be read
  OkHttpClient of(Credential credential) throws DiagbundleException {
    lock.lock();
    try {
      if (tls.isPresent() && !credential.certificate().equals(certificate)) {
        var identified = tls;
        if (credential.certificate().isPresent()) {
          var identity = ClientIdentity.of(credential.certificate().get());
          identified = Optional.of(tls.get().with(identity));
        }
        current = client(identified);
        certificate = credential.certificate();
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  /// The proxy of all requests.
  Optional<ProxyServer> proxy() {
    return proxy;
  }

  @Override
  public void close() {
    lookup.close();
    plain.connectionPool().evictAll();
  }

  private OkHttpClient client(Optional<TlsSockets> encryption) {
    var builder = plain.newBuilder();
    encryption.ifPresent(layer -> secure(builder, layer));
    proxy.ifPresent(server -> lead(builder, server, encryption));
    return builder.build();
  }

  private void secure(OkHttpClient.Builder builder, TlsSockets layer) {
    builder
        .connectionSpecs(List.of(TLS, ConnectionSpec.CLEARTEXT))
        .sslSocketFactory(layer, layer.trust())
        .hostnameVerifier((host, session) -> verifier.verify(layer.verified(host), session));
  }

  /// Leads all requests through the proxy, and only there.
  private void lead(
      OkHttpClient.Builder builder, ProxyServer server, Optional<TlsSockets> encryption) {
    if (server.isSocks()) {
      var socks = new SocksProxy(lookup::lookup, server.host(), server.port(), server.login());
      builder
          .socketFactory(RoutedSockets.throughSocks(sockets, socks, options.connecting()))
          // The proxy resolves the name, which an address without one would hide from it.
          .dns(host -> List.of(InetAddress.getByAddress(host, new byte[4])));
      return;
    }
    var address = InetSocketAddress.createUnresolved(server.host(), server.port());
    builder
        .proxy(new Proxy(Proxy.Type.HTTP, address))
        .socketFactory(
            server.scheme().equals("https")
                ? RoutedSockets.toTlsProxy(
                    sockets,
                    connected -> verified(connected, server, encryption.orElseThrow()),
                    options.connecting())
                : RoutedSockets.toHttpProxy(sockets, options.connecting()));
    server.login().ifPresent(login -> authenticate(builder, login));
  }

  /// Sends the login at once, as Go does, and not again if it is refused.
  private static void authenticate(OkHttpClient.Builder builder, Login login) {
    var value = Credentials.basic(login.user(), login.password(), StandardCharsets.UTF_8);
    builder
        .proxyAuthenticator((route, response) ->
            response.request().header(PROXY_AUTHORIZATION) == null
                ? response.request().newBuilder().header(PROXY_AUTHORIZATION, value).build()
                : null)
        .addNetworkInterceptor(chain ->
            chain.proceed(
                chain.request().isHttps()
                    ? chain.request()
                    : chain.request().newBuilder().header(PROXY_AUTHORIZATION, value).build()));
  }

  private SSLSocket verified(Socket connected, ProxyServer server, TlsSockets encryption)
      throws IOException {
    var socket = encryption.createSocket(connected, server.host(), server.port(), true);
    socket.startHandshake();
    var name = encryption.verified(server.host());
    if (!verifier.verify(name, socket.getSession())) {
      throw new SSLPeerUnverifiedException("its certificate is not valid for " + name);
    }
    return socket;
  }

  /// Sets the limit on silence of the request's connection.
  private Response limited(Interceptor.Chain chain) throws IOException {
    var idle = chain.request().tag(Duration.class);
    var connection = chain.connection();
    if (connection != null) {
      connection.socket().setSoTimeout((int) (idle == null ? options.silence() : idle).toMillis());
    }
    return chain.proceed(chain.request());
  }
}
