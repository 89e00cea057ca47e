package dev.diagbundle.kubeconfig.file;

/// A text that is not the expected YAML or JSON. The message never quotes the text, which may
/// contain a secret.
public final class MalformedYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedYamlException(String message) {
    super(message);
  }
}
