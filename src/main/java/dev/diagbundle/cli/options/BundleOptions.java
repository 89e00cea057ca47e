package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The bundle that a command reads.
public final class BundleOptions {
  @Parameters(index = "0+", paramLabel = "BUNDLE", description = "Bundle; '-' for standard input.")
  private String bundle = "";

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  /// The bundle as given on the command line.
  public String word() {
    return bundle;
  }

  public boolean quiet() {
    return verbosity.quiet();
  }

  public BundleSource source(Session session) throws IOException, DiagbundleException {
    return identities.source(bundle, session);
  }

  /// Opens the bundle and prints its notices. The caller closes it.
  ///
  /// @param content paths of files whose content is read
  public Bundle open(BundleSource source, Predicate<EntryPath> content, Session session)
      throws IOException, DiagbundleException {
    return noted(source.open(content), session);
  }

  /// Like [#open], for these files only.
  Bundle openOnly(Predicate<EntryPath> files, Session session)
      throws IOException, DiagbundleException {
    return noted(source(session).openOnly(files), session);
  }

  private Bundle noted(Bundle opened, Session session) {
    session.terminal().note(opened.notices(), verbosity);
    return opened;
  }
}
