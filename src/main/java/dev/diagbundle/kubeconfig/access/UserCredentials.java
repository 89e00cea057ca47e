package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.kubeconfig.plugin.ClusterInfo;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The credentials of a user, by the precedence of client-go: those in the server's URL, a token
/// file, a token, a user name; a client certificate besides them; and a credential plugin only if
/// there is nothing else.
///
/// @param owner such as `user 'u'`
/// @param name of the user
record UserCredentials(UserEntry user, String owner, String name, Surroundings surroundings) {
  /// The source; empty if the user has no credentials.
  ///
  /// @param server of the connection
  /// @param cluster for a plugin
  /// @throws DiagbundleException if a file cannot be read or a provider is not supported
  Optional<CredentialSource> source(ServerUrl server, ClusterInfo cluster)
      throws DiagbundleException {
    var provided =
        user.authProvider().isEmpty()
            ? Optional.<String>empty()
            : Optional.of(
                AuthProviders.token(user.authProvider().get(), owner, surroundings.clock()));
    boolean stored =
        !server.login().isEmpty()
            || user.token().isPresent()
            || user.tokenFile().isPresent()
            || user.username().isPresent()
            || hasCertificate();
    if (stored || provided.isPresent()) {
      return Optional.of(
          new StoredCredentials(
              () -> authorization(server, provided), this::certificate, surroundings.ticker()));
    }
    return user.exec().isEmpty()
        ? Optional.empty()
        : Optional.of(surroundings.plugins().of(user.exec().get(), cluster, name));
  }

  /// Opens the files, so that each missing one is reported.
  List<Problem> missingFiles() {
    var problems = new ArrayList<Problem>();
    if (user.certificate().isPresent()) {
      check(file(user.certificate().get(), "client-certificate"), problems);
    }
    if (user.key().isPresent() && hasCertificate()) {
      check(file(user.key().get(), "client-key"), problems);
    }
    return problems;
  }

  private Optional<String> authorization(ServerUrl server, Optional<String> provided)
      throws DiagbundleException {
    if (!server.login().isEmpty()) {
      return Optional.of(basic(server.login()));
    }
    var token = token();
    if (token.isPresent() && !Credential.isSendable(token.get())) {
      throw new DiagbundleException(
          Problem.usage(
              (user.tokenFile().isPresent() ? "tokenFile" : "token")
                  + " of "
                  + owner
                  + " contains a character that no HTTP header can hold"));
    }
    if (token.isPresent()) {
      return Optional.of("Bearer " + token.get());
    }
    if (user.username().isPresent()) {
      return Optional.of(basic(user.username().get() + ":" + user.password().orElse("")));
    }
    return provided.map(text -> "Bearer " + text);
  }

  /// The token of the file; if that cannot be read, the one of the kubeconfig.
  private Optional<String> token() throws DiagbundleException {
    if (user.tokenFile().isEmpty()) {
      return user.token();
    }
    var file = file(user.tokenFile().get(), "tokenFile");
    try {
      var token = file.read().strip();
      if (token.isEmpty()) {
        throw new DiagbundleException(Problem.usage(file + " is empty"));
      }
      return Optional.of(token);
    } catch (DiagbundleException e) {
      if (user.token().isPresent()) {
        return user.token();
      }
      throw e;
    }
  }

  private boolean hasCertificate() {
    return user.certificate().isPresent() || user.certificateData().isPresent();
  }

  private Optional<ClientCertificate> certificate() throws DiagbundleException {
    if (!hasCertificate()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClientCertificate(
            pem(user.certificate(), user.certificateData(), "client-certificate"),
            pem(user.key(), user.keyData(), "client-key")));
  }

  private PemText pem(Optional<String> path, Optional<String> data, String field)
      throws DiagbundleException {
    if (data.isPresent()) {
      return new PemText(data.get(), field + "-data of " + owner);
    }
    return file(path.orElseThrow(), field).pem();
  }

  private ReadableFile file(String path, String field) {
    return new ReadableFile(path, field, owner);
  }

  private static void check(ReadableFile file, List<Problem> problems) {
    try {
      var _ = file.read();
    } catch (DiagbundleException e) {
      problems.addAll(e.problems());
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
