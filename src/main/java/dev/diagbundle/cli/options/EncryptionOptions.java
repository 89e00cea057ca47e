package dev.diagbundle.cli.options;

import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.model.DiagbundleException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// For whom a bundle is encrypted.
public final class EncryptionOptions {
  @Option(
      names = "--encrypt-to",
      paramLabel = "AGE1…",
      description = {
        "Encrypt the bundle for the owner of this public key of age; repeatable.",
        "Read it with --identity, or with 'age --decrypt'."
      })
  private List<String> keys = List.of();

  /// Those who may read it; everybody, if empty.
  public Optional<Recipients> recipients() throws DiagbundleException {
    return keys.isEmpty() ? Optional.empty() : Optional.of(Recipients.of(keys));
  }
}
