package dev.diagbundle.cli;

import dev.diagbundle.bundle.BundleSource;
import dev.diagbundle.bundle.Identities;
import dev.diagbundle.model.DiagbundleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// The keys of a command that reads bundles.
final class IdentityOptions {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "A secret key that opens a bundle encrypted with age; repeatable.")
  private List<Path> files = List.of();

  /// The bundle that a word of the command line means.
  BundleSource source(String word, Session session) throws IOException, DiagbundleException {
    return BundleSource.of(word, session.standardInput(), Identities.of(files));
  }
}
