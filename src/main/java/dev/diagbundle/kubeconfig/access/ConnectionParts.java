package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.ClusterConnection.Names;
import dev.diagbundle.kubeconfig.ClusterConnection.Tls;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.kubeconfig.plugin.ClusterInfo;
import dev.diagbundle.kubeconfig.proxy.Proxies;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// A cluster and a user, chosen and complete, on their way to a connection.
///
/// @param cluster has a server
record ConnectionParts(
    Names names, ClusterEntry cluster, UserEntry user, Surroundings surroundings) {
  ClusterConnection connection() throws DiagbundleException {
    var server = ServerUrl.of(cluster.server().orElseThrow(), names.cluster());
    var credentials = new UserCredentials(user, userOwner(), names.user(), surroundings);
    var problems = new ArrayList<>(UserValidation.problems(user, userOwner()));
    problems.addAll(credentials.missingFiles());
    if (cluster.authority().isPresent() && cluster.authorityData().isPresent()) {
      problems.add(
          Problem.usage(
              clusterOwner() + " has both certificate-authority and certificate-authority-data"));
    }
    var authorities = authorities(problems);
    if (server.isSecure() && cluster.insecure() && authorities.isPresent()) {
      problems.add(
          Problem.usage(
              clusterOwner()
                  + " has both insecure-skip-tls-verify and a certificate authority; only one is"
                  + " allowed"));
    }
    if (!problems.isEmpty()) {
      throw new DiagbundleException(problems);
    }
    var proxy =
        cluster.proxyUrl().isPresent()
            ? Optional.of(Proxies.ofKubeconfig(cluster.proxyUrl().get(), names.cluster()))
            : Proxies.ofEnvironment(
                surroundings.environment(), server.scheme(), server.host(), server.port());
    return new ClusterConnection(
        names,
        server.text(),
        tls(server, authorities),
        proxy,
        !cluster.uncompressed(),
        Impersonation.headers(user),
        source(server, credentials, authorities));
  }

  private Tls tls(ServerUrl server, Optional<PemText> authorities) {
    return server.isSecure()
        ? new Tls(cluster.insecure(), authorities, cluster.tlsServerName())
        : new Tls(false, Optional.empty(), Optional.empty());
  }

  /// The certificates of the data, else of the file. Without any in it, a file is as good as none,
  /// as in client-go.
  private Optional<PemText> authorities(List<Problem> problems) {
    if (cluster.authorityData().isPresent()) {
      return Optional.of(
          new PemText(
              cluster.authorityData().get(), "certificate-authority-data of " + clusterOwner()));
    }
    if (cluster.authority().isEmpty()) {
      return Optional.empty();
    }
    try {
      var file =
          new ReadableFile(cluster.authority().get(), "certificate-authority", clusterOwner());
      return Optional.of(file.pem()).filter(pem -> !pem.text().isEmpty());
    } catch (DiagbundleException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private CredentialSource source(
      ServerUrl server, UserCredentials credentials, Optional<PemText> authorities)
      throws DiagbundleException {
    if (!server.takesCredentials()) {
      return CredentialSource.ANONYMOUS;
    }
    var info =
        new ClusterInfo(
            cluster.server().orElseThrow(),
            cluster.tlsServerName(),
            cluster.insecure(),
            authorities.map(PemText::text),
            cluster.proxyUrl(),
            cluster.uncompressed(),
            cluster.execConfig());
    var source = credentials.source(server, info);
    if (source.isEmpty() && server.isSecure()) {
      // kubectl asks for a user name and a password.
      throw new DiagbundleException(
          Problem.usage(
                  (names.user().isEmpty() ? "no user" : userOwner())
                      + (names.user().isEmpty() ? " and no credentials" : " has no credentials")
                      + " for "
                      + clusterOwner())
              .withHint("specify a user of the kubeconfig with --user, or credentials"));
    }
    return source.orElse(CredentialSource.ANONYMOUS);
  }

  private String clusterOwner() {
    return "cluster '" + names.cluster() + "'";
  }

  private String userOwner() {
    return "user '" + names.user() + "'";
  }
}
