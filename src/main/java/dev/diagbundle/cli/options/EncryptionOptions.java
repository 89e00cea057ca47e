package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.model.DiagbundleException;
import picocli.CommandLine.Option;

/// The recipients that a bundle is encrypted to.
public final class EncryptionOptions {
  @Option(
      names = "--encrypt-to",
      paramLabel = "AGE1…",
      description = "age public key to encrypt the bundle to; repeatable.")
  private List<String> keys = List.of();

  /// The recipients; empty for no encryption.
  public Optional<Recipients> recipients() throws DiagbundleException {
    return keys.isEmpty() ? Optional.empty() : Optional.of(Recipients.of(keys));
  }
}
