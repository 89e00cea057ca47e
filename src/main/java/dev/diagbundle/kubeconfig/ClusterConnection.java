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
        Tls.none(),
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
  /// @param machine where those of this machine are
  /// @param serverName the name to request and to verify instead of the host in the URL
  public record Tls(
      boolean insecure,
      Optional<PemText> authorities,
      MachineTrust machine,
      Optional<String> serverName) {
    /// The settings of a connection without TLS.
    public static Tls none() {
      return new Tls(false, Optional.empty(), MachineTrust.USUAL, Optional.empty());
    }
  }

  /// The places of this machine's trusted authorities, as Go's `crypto/x509` takes them from
  /// `SSL_CERT_FILE` and `SSL_CERT_DIR`.
  ///
  /// @param file a file of certificates; empty for the system's usual ones
  /// @param folders folders of certificates, joined by colons; empty for the usual ones
  public record MachineTrust(String file, String folders) {
    public static final MachineTrust USUAL = new MachineTrust("", "");
  }

  /// A header. A name may occur several times.
  public record Header(String name, String value) {}
}
