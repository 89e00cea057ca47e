package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.access.Overrides;
import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that replace parts of the kubeconfig, with the names of kubectl.
final class AccessOptions {
  private static final String LITERAL = "literal:";
  private static final int MAX_TOKEN = 1 << 20;

  @Option(names = "--server", paramLabel = "URL", description = "URL of the API server.")
  private @Nullable String server;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Cluster of the kubeconfig, instead of the context's.")
  private @Nullable String cluster;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "User of the kubeconfig, instead of the context's.")
  private @Nullable String user;

  @Option(
      names = "--token",
      paramLabel = "FILE|-",
      description = "File with a bearer token, or '-' for standard input.")
  private @Nullable String token;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description = "Client certificate (PEM).")
  private @Nullable String certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "Private key of the client certificate (PEM).")
  private @Nullable String key;

  @Option(names = "--as", paramLabel = "USER", description = "User to impersonate.")
  private @Nullable String as;

  @Option(
      names = "--as-group",
      paramLabel = "GROUP",
      description = "Group to impersonate; repeatable. Requires a user.")
  private List<String> asGroups = List.of();

  @Option(names = "--as-uid", paramLabel = "UID", description = "UID to impersonate.")
  private @Nullable String asUid;

  @Option(
      names = "--certificate-authority",
      paramLabel = "FILE",
      description = "Certificates of the trusted authorities (PEM).")
  private @Nullable String authority;

  @Option(
      names = "--insecure-skip-tls-verify",
      description = "Accept any certificate of the server. Insecure.")
  private boolean insecure;

  @Option(
      names = "--tls-server-name",
      paramLabel = "NAME",
      description = "Name in the certificate of the server.")
  private @Nullable String tlsServerName;

  @Option(names = "--disable-compression", description = "Request uncompressed responses.")
  private boolean uncompressed;

  @Option(
      names = "--request-timeout",
      paramLabel = "DURATION",
      converter = Converters.OfTimeout.class,
      description = {
        "Maximum time without data from the server, as in 30s.",
        "Default: 10s to connect, then 45s."
      })
  private @Nullable Duration timeout;

  /// The options as overrides of a kubeconfig. A token on standard input is read.
  ///
  /// @throws DiagbundleException if the token cannot be read
  Overrides overrides(Session session) throws DiagbundleException {
    var none = UserEntry.EMPTY;
    return new Overrides(
        Optional.empty(),
        given(cluster),
        given(user),
        new ClusterEntry(
            given(server),
            given(tlsServerName),
            insecure,
            path(authority),
            Optional.empty(),
            Optional.empty(),
            uncompressed,
            Optional.empty()),
        new UserEntry(
            path(certificate),
            none.certificateData(),
            path(key),
            none.keyData(),
            tokenText(session),
            tokenFile(),
            none.username(),
            none.password(),
            given(as),
            given(asUid),
            asGroups,
            none.asExtra(),
            none.authProvider(),
            none.exec()));
  }

  /// The client options with the request timeout.
  ClientOptions limited(ClientOptions client) {
    if (timeout == null || timeout.isZero()) {
      return client;
    }
    var connecting = client.connecting().compareTo(timeout) < 0 ? client.connecting() : timeout;
    return client.withSilence(timeout).withConnecting(connecting);
  }

  /// The name of an option that selects one cluster, if there is one.
  Optional<String> ofOneCluster() {
    if (server != null) {
      return Optional.of("--server");
    }
    if (cluster != null) {
      return Optional.of("--cluster");
    }
    return tlsServerName == null ? Optional.empty() : Optional.of("--tls-server-name");
  }

  /// The argument without the secrets that it may contain.
  static String withoutSecret(String argument) {
    int literal = argument.indexOf(LITERAL);
    boolean token = literal == 0 || argument.startsWith("--token=" + LITERAL);
    return token
        ? argument.substring(0, literal) + LITERAL + "…"
        : argument.replaceFirst("(https?://)[^/?#]*@", "$1…@");
  }

  private Optional<String> tokenText(Session session) throws DiagbundleException {
    if (token != null && token.startsWith(LITERAL)) {
      return Optional.of(token.substring(LITERAL.length()));
    }
    if (!"-".equals(token)) {
      return Optional.empty();
    }
    try {
      var bytes = session.standardInput().readNBytes(MAX_TOKEN);
      var text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new DiagbundleException(Problem.usage("--token: standard input is empty"));
      }
      return Optional.of(text);
    } catch (IOException e) {
      throw new DiagbundleException(
          Problem.usage("--token: cannot read standard input: " + e.getMessage()), e);
    }
  }

  private Optional<String> tokenFile() throws DiagbundleException {
    if (token == null || token.isEmpty() || token.equals("-") || token.startsWith(LITERAL)) {
      return Optional.empty();
    }
    var file = new File(token);
    if (!file.exists()) {
      // The value may be the token itself, so it is not shown.
      throw new DiagbundleException(
          Problem.usage("--token: no such file")
              .withHint(
                  "pass a file or '-' for standard input: other users of this machine can read"
                      + " arguments (literal:TOKEN is accepted nevertheless)"));
    }
    return Optional.of(file.getAbsolutePath());
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  private static Optional<String> path(@Nullable String value) {
    return given(value).map(path -> new File(path).getAbsolutePath());
  }
}
