package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.kubeconfig.file.MalformedYamlException;
import dev.diagbundle.kubeconfig.file.YamlTree;

/// The answer of a credential plugin: an `ExecCredential` in JSON or YAML.
///
/// @param expires when the credentials expire; empty if they do not
record PluginAnswer(Credential credential, Optional<Instant> expires) {
  /// An answer that the protocol does not allow. The message never quotes it.
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }
  }

  /// Reads the answer.
  ///
  /// @param apiVersion that is configured
  /// @param origin of certificate and key, for messages
  /// @throws InvalidException if client-go does not accept it either
  static PluginAnswer of(byte[] output, String apiVersion, String origin) throws InvalidException {
    if (output.length > PluginRun.MAX_BYTES) {
      throw new InvalidException("printed more than " + (PluginRun.MAX_BYTES >> 20) + " MiB");
    }
    var root = root(output);
    var version = text(root, "apiVersion");
    var kind = text(root, "kind");
    if (version.isEmpty()) {
      throw new InvalidException("printed no ExecCredential of " + apiVersion);
    }
    if (!version.equals(apiVersion)) {
      throw new InvalidException(
          "printed an answer of version '" + version + "', configured is " + apiVersion);
    }
    if (!kind.isEmpty() && !kind.equals("ExecCredential")) {
      throw new InvalidException("printed kind '" + kind + "', expected ExecCredential");
    }
    var status = root.path("status");
    if (!status.isObject()) {
      throw new InvalidException("printed an ExecCredential without a status");
    }
    var token = text(status, "token");
    var certificate = text(status, "clientCertificateData");
    var key = text(status, "clientKeyData");
    if (token.isEmpty() && certificate.isEmpty() && key.isEmpty()) {
      throw new InvalidException("returned neither a token nor a certificate with its key");
    }
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new InvalidException("returned only one of certificate and key");
    }
    if (!Credential.isSendable(token)) {
      throw new InvalidException("returned a token with a character that no HTTP header can hold");
    }
    var credential =
        new Credential(
            token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token),
            certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new ClientCertificate(
                        new PemText(certificate, "clientCertificateData of " + origin),
                        new PemText(key, "clientKeyData of " + origin))));
    return new PluginAnswer(credential, expires(text(status, "expirationTimestamp")));
  }

  private static JsonNode root(byte[] output) throws InvalidException {
    JsonNode root;
    try {
      root = YamlTree.only(output);
    } catch (MalformedYamlException _) {
      throw new InvalidException("printed something that is neither JSON nor YAML");
    }
    if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
      throw new InvalidException("printed something else than an ExecCredential");
    }
    return root;
  }

  private static Optional<Instant> expires(String time) throws InvalidException {
    if (time.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException _) {
      throw new InvalidException("returned an expirationTimestamp that is not of RFC 3339");
    }
  }

  private static String text(JsonNode object, String name) throws InvalidException {
    var value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw new InvalidException("returned the field " + name + " not as text");
    }
    return value.textValue();
  }
}
