package dev.diagbundle.cli.options;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;

/// The wish that secrets stay in a bundle, which has to be confirmed.
public final class NoRedactOptions {
  @Option(
      names = "--no-redact",
      description = {
        "Leave secrets in texts and logs as they are. Asks back on a terminal; elsewhere it needs",
        "--yes. The values of Secret objects are not collected even so."
      })
  private boolean wanted;

  @Option(names = "--yes", description = "Answer yes where --no-redact asks back.")
  private boolean yes;

  /// Whether it is wanted and confirmed.
  ///
  /// @throws DiagbundleException if nobody has confirmed it
  public boolean isConfirmed(Session session) throws DiagbundleException, IOException {
    if (!wanted || yes) {
      return wanted;
    }
    var terminal = session.terminal();
    if (!terminal.live()) {
      var problem = Problem.usage("--no-redact was not confirmed: there is no terminal to ask at");
      throw new DiagbundleException(problem.withHint("--yes confirms it."));
    }
    terminal.err().print("Passwords, tokens and keys will stay in the bundle. Go on? [y/N] ");
    terminal.err().flush();
    var answers =
        new BufferedReader(new InputStreamReader(session.standardInput(), StandardCharsets.UTF_8));
    var answer = answers.readLine();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new DiagbundleException(Problem.usage("--no-redact was not confirmed"));
    }
    return true;
  }
}
