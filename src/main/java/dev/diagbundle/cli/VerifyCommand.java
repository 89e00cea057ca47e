package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.read.BundleVerifier;
import dev.diagbundle.cli.options.BundleOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DiagbundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `verify`: checks the checksums of a bundle.
@Command(
    name = "verify",
    description = "Verify the checksums of a bundle.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes:",
      "  0  all checksums match",
      "  1  not a bundle",
      "  2  usage error",
      "  4  a checksum does not match; the first mismatch is printed",
      "",
      "Examples:",
      "  diagbundle verify ticket.tar.gz",
      "  diagbundle verify ticket.tar.gz.001"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final BundleOptions bundle = new BundleOptions();

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var terminal = session.terminal();
    var source = bundle.source(session);
    var verdict = BundleVerifier.verify(source);
    if (verdict.lie().isPresent()) {
      terminal.say(
          "diagbundle: '" + source.name() + "' failed verification: " + verdict.lie().get());
      return ExitCode.CHECK_FAILED;
    }
    terminal.printResult(
        source.name()
            + ": "
            + verdict.files()
            + " files, "
            + ByteSize.format(verdict.bytes()).replace('\u00a0', ' ')
            + ", all checksums match");
    return ExitCode.OK;
  }
}
