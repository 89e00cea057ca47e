package dev.diagbundle.kubeconfig.file;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.DiagbundleException;

/// A cluster of a kubeconfig. Paths are absolute.
///
/// @param authorityData certificates as PEM
/// @param execConfig value of the extension `client.authentication.k8s.io/exec`, for credential
///   plugins
public record ClusterEntry(
    Optional<String> server,
    Optional<String> tlsServerName,
    boolean insecure,
    Optional<String> authority,
    Optional<String> authorityData,
    Optional<String> proxyUrl,
    boolean uncompressed,
    Optional<JsonNode> execConfig) {
  public static final ClusterEntry EMPTY =
      new ClusterEntry(
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  private static final String EXEC_EXTENSION = "client.authentication.k8s.io/exec";

  static ClusterEntry of(EntryFields fields) throws DiagbundleException {
    var paths = new RelativePaths(fields.file());
    Optional<JsonNode> execConfig = Optional.empty();
    for (var extension : fields.objects("extensions", "an extension of " + fields.owner())) {
      if (extension.text("name").equals(Optional.of(EXEC_EXTENSION))) {
        execConfig = Optional.of(extension.raw("extension"));
      }
    }
    return new ClusterEntry(
        fields.text("server"),
        fields.text("tls-server-name"),
        fields.flag("insecure-skip-tls-verify"),
        fields.text("certificate-authority").map(paths::absolute),
        fields.bytes("certificate-authority-data"),
        fields.text("proxy-url"),
        fields.flag("disable-compression"),
        execConfig);
  }
}
