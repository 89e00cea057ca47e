package dev.diagbundle.kubeconfig.file;

import module java.base;

import dev.diagbundle.model.DiagbundleException;

/// A user of a kubeconfig. Paths are absolute.
///
/// @param certificate path of the client certificate
/// @param certificateData the client certificate as PEM
/// @param key path of the private key
/// @param keyData the private key as PEM
/// @param as the impersonated user
/// @param asExtra extra fields of the impersonated user
/// @param authProvider name and settings of the built-in provider of earlier client-go versions
public record UserEntry(
    Optional<String> certificate,
    Optional<String> certificateData,
    Optional<String> key,
    Optional<String> keyData,
    Optional<String> token,
    Optional<String> tokenFile,
    Optional<String> username,
    Optional<String> password,
    Optional<String> as,
    Optional<String> asUid,
    List<String> asGroups,
    Map<String, List<String>> asExtra,
    Optional<AuthProvider> authProvider,
    Optional<ExecEntry> exec) {
  public static final UserEntry EMPTY =
      new UserEntry(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty());

  /// A provider of credentials that was built into client-go.
  public record AuthProvider(String name, Map<String, String> config) {
    /// Omits the settings, which contain tokens.
    @Override
    public String toString() {
      return "AuthProvider[" + name + "]";
    }
  }

  static UserEntry of(EntryFields fields) throws DiagbundleException {
    var paths = new RelativePaths(fields.file());
    return new UserEntry(
        fields.text("client-certificate").map(paths::absolute),
        fields.bytes("client-certificate-data"),
        fields.text("client-key").map(paths::absolute),
        fields.bytes("client-key-data"),
        fields.text("token"),
        fields.text("tokenFile").map(paths::absolute),
        fields.text("username"),
        fields.text("password"),
        fields.text("as"),
        fields.text("as-uid"),
        fields.texts("as-groups"),
        fields.textsMap("as-user-extra"),
        authProvider(fields),
        fields.has("exec")
            ? Optional.of(ExecEntry.of(fields.object("exec", "exec of " + fields.owner()), paths))
            : Optional.empty());
  }

  private static Optional<AuthProvider> authProvider(EntryFields fields)
      throws DiagbundleException {
    if (!fields.has("auth-provider")) {
      return Optional.empty();
    }
    var inner = fields.object("auth-provider", "auth-provider of " + fields.owner());
    return Optional.of(new AuthProvider(inner.text("name").orElse(""), inner.textMap("config")));
  }

  /// Omits the secrets.
  @Override
  public String toString() {
    return "UserEntry[]";
  }
}
