package dev.diagbundle.cli;

import dev.diagbundle.bundle.read.BundleVerifier;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks a bundle.
@Command(
    name = "verify",
    description = "Checks every checksum of a bundle, in its manifest and in SHA256SUMS.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 everything is as it says; 4 something is not: the first such thing is named;",
      "1 it is no bundle; 2 wrong call.",
      "",
      "Examples:",
      "  diagbundle verify ticket.tar.gz",
      "  diagbundle verify ticket.tar.gz.001"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var terminal = session.terminal();
    var source = identities.source(bundle, session);
    var verdict = BundleVerifier.verify(source);
    if (verdict.lie().isPresent()) {
      terminal.say("diagbundle: '" + source.name() + "' is not whole: " + verdict.lie().get());
      return ExitCode.CHECK_FAILED;
    }
    terminal
        .out()
        .println(
            Printable.line(source.name())
                + ": "
                + verdict.files()
                + " files, "
                + ByteSize.format(verdict.bytes()).replace('\u00a0', ' ')
                + ", all as the bundle says");
    terminal.out().flush();
    return ExitCode.OK;
  }
}
