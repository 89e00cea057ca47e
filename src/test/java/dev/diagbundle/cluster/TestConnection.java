package dev.diagbundle.cluster;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.ClusterConnection.Header;
import dev.diagbundle.kubeconfig.ClusterConnection.MachineTrust;
import dev.diagbundle.kubeconfig.ClusterConnection.Tls;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.testing.TestPki;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/// A connection in the making, and what its client records.
final class TestConnection {
  final List<RequestRecord> records = Collections.synchronizedList(new ArrayList<>());
  private final String server;
  private boolean insecure;
  private Optional<PemText> authorities = Optional.empty();
  private Optional<String> serverName = Optional.empty();
  private Optional<URI> proxy = Optional.empty();
  private boolean compression = true;
  private List<Header> headers = List.of();
  private CredentialSource credentials = CredentialSource.ANONYMOUS;
  private ClientOptions options =
      ClientOptions.USUAL.withConnecting(Duration.ofSeconds(5)).withSilence(Duration.ofSeconds(20));

  TestConnection(String server) {
    this.server = server;
  }

  TestConnection insecure() {
    insecure = true;
    return this;
  }

  TestConnection trusting(TestPki.Issued authority) throws Exception {
    authorities = Optional.of(authority.pem());
    return this;
  }

  TestConnection named(String name) {
    serverName = Optional.of(name);
    return this;
  }

  TestConnection through(String url) {
    proxy = Optional.of(URI.create(url));
    return this;
  }

  TestConnection uncompressed() {
    compression = false;
    return this;
  }

  TestConnection with(Header... more) {
    headers = List.of(more);
    return this;
  }

  TestConnection as(CredentialSource source) {
    credentials = source;
    return this;
  }

  TestConnection as(TestPki.Issued client) throws Exception {
    return as(fixed(new Credential(Optional.empty(), Optional.of(client.client()))));
  }

  TestConnection as(ClientCertificate certificate) {
    return as(fixed(new Credential(Optional.empty(), Optional.of(certificate))));
  }

  TestConnection within(ClientOptions limits) {
    options = limits;
    return this;
  }

  Cluster open() throws DiagbundleException, InterruptedException {
    return OkHttpCluster.open(connection(), Clock.systemUTC(), "test", records::add, options);
  }

  Cluster open(SocketFactory sockets) throws DiagbundleException, InterruptedException {
    return OkHttpCluster.open(
        connection(), Clock.systemUTC(), "test", records::add, options, sockets);
  }

  /// The body of the answer to one request.
  String get(String path) throws Exception {
    try (var cluster = open()) {
      return get(cluster, path);
    }
  }

  static String get(Cluster cluster, String path) throws Exception {
    try (var answer = cluster.fetch(Request.json(path, RequestOrigin.RUN))) {
      return new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private ClusterConnection connection() {
    return new ClusterConnection(
        new ClusterConnection.Names("c", "x", "u", Optional.empty()),
        server,
        new Tls(insecure, authorities, MachineTrust.USUAL, serverName),
        proxy,
        compression,
        headers,
        credentials);
  }

  static CredentialSource fixed(Credential credential) {
    return new CredentialSource() {
      @Override
      public Credential current() {
        return credential;
      }

      @Override
      public boolean renew(Credential rejected) {
        return false;
      }
    };
  }
}
