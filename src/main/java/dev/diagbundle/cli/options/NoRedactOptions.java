package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import picocli.CommandLine.Option;

/// The option to skip redaction, which must be confirmed.
public final class NoRedactOptions {
  @Option(
      names = "--no-redact",
      description =
          "Do not redact logs and texts. Asks for confirmation; values of Secret objects are never"
              + " collected.")
  private boolean wanted;

  @Option(names = "--yes", description = "Confirm --no-redact without a prompt.")
  private boolean yes;

  /// Returns whether redaction is disabled and this is confirmed.
  ///
  /// @throws DiagbundleException if it is not confirmed
  public boolean isConfirmed(Session session) throws DiagbundleException, IOException {
    if (!wanted || yes) {
      return wanted;
    }
    var terminal = session.terminal();
    if (!terminal.live()) {
      var problem = Problem.usage("--no-redact: not confirmed, no terminal to prompt on");
      throw new DiagbundleException(problem.withHint("confirm with --yes"));
    }
    terminal.err().print("Passwords, tokens and keys will remain in the bundle. Continue? [y/N] ");
    terminal.err().flush();
    var answers =
        new BufferedReader(new InputStreamReader(session.standardInput(), StandardCharsets.UTF_8));
    var answer = answers.readLine();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new DiagbundleException(Problem.usage("--no-redact: not confirmed"));
    }
    return true;
  }
}
