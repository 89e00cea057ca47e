package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.archive.Identities;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import picocli.CommandLine.Option;

/// The identities that decrypt bundles.
public final class IdentityOptions {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "age identity file to decrypt the bundle with; repeatable.")
  private List<Path> files = List.of();

  /// The bundle that an argument names.
  public BundleSource source(String word, Session session) throws IOException, DiagbundleException {
    return BundleSource.of(word, session.standardInput(), Identities.of(files));
  }
}
