package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.ProfileValidator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `validate`: prints all problems of profile files.
@Command(
    name = "validate",
    description = "Validate profile files.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  diagbundle validate profiles/*.yaml"})
final class ValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Profile files.")
  private List<Path> files = List.of();

  ValidateCommand(Session session) {
    this.terminal = session.terminal();
  }

  @Override
  public Integer call() throws DiagbundleException {
    var problems = new ArrayList<Problem>();
    for (Path file : files) {
      problems.addAll(ProfileValidator.validate(file));
    }
    for (Problem problem : problems) {
      terminal.say(problem.message());
      problem.hint().ifPresent(hint -> terminal.say("  " + hint));
    }
    if (!problems.isEmpty()) {
      return ExitCode.USAGE;
    }
    terminal.printResult(files.size() == 1 ? "valid" : files.size() + " files are valid");
    return ExitCode.OK;
  }
}
