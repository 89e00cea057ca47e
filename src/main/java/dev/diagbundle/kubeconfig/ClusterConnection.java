package dev.diagbundle.kubeconfig;

import module java.base;

/// Everything that a client needs to reach one API server and to authenticate to it. It is
/// complete: a client consults neither the environment nor system properties.
///
/// @param names of the parts of the kubeconfig that it comes from
/// @param server URL of the API server, with its path prefix, without a slash at its end and
///   without user information
/// @param tls settings for the connection to the server, and to a proxy that is reached by TLS
/// @param proxy URL of the proxy (`http`, `https`, `socks5` or `socks5h`), with a port and with its
///   user information; empty for a direct connection
/// @param compression whether responses may be compressed
/// @param headers to be sent with every request: those of impersonation
/// @param credentials source of the credentials
public record ClusterConnection(
    Names names,
    String server,
    Tls tls,
    Optional<URI> proxy,
    boolean compression,
    List<Header> headers,
    CredentialSource credentials) {
  public ClusterConnection {
    headers = List.copyOf(headers);
  }

  /// A connection to a server that requires no credentials.
  ///
  /// @param cluster its name
  public static ClusterConnection anonymous(String cluster, String server) {
    return new ClusterConnection(
        new Names(cluster, "", "", Optional.empty()),
        server,
        new Tls(false, Optional.empty(), Optional.empty()),
        Optional.empty(),
        true,
        List.of(),
        CredentialSource.ANONYMOUS);
  }

  /// The names in the kubeconfig.
  ///
  /// @param cluster `in-cluster` inside a pod
  /// @param context empty inside a pod
  /// @param user empty if there is none
  /// @param namespace of the context; empty if it has none
  public record Names(String cluster, String context, String user, Optional<String> namespace) {}

  /// The settings of TLS.
  ///
  /// @param insecure whether the server's certificate is accepted unseen
  /// @param authorities certificates of the trusted authorities, as PEM; empty for those of this
  ///   machine
  /// @param serverName the name to request and to verify instead of the host in the URL
  public record Tls(boolean insecure, Optional<PemText> authorities, Optional<String> serverName) {}

  /// A header. A name may occur several times.
  public record Header(String name, String value) {}
}
