package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.ResultOutputStream;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// Handler that turns exceptions of all commands into messages and an exit code.
final class ErrorHandler
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private final Terminal terminal;

  ErrorHandler(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    terminal.say("diagbundle: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      var suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        terminal.say("  did you mean " + String.join(" or ", suggestions) + "?");
      }
    }
    terminal.say("  see '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
    return switch (e) {
      case DiagbundleException problems -> print(problems);
      case InterruptedException _ -> {
        terminal.say("diagbundle: interrupted, no data collected");
        yield ExitCode.INTERRUPTED;
      }
      case ResultOutputStream.Failure output -> {
        if (output.isClosedPipe()) {
          // The reader has what it needs.
          yield ExitCode.OK;
        }
        terminal.say("diagbundle: cannot write to standard output: " + output.getMessage());
        yield ExitCode.FAILED;
      }
      case FileSystemException file -> {
        var reason = file.getReason() == null ? kind(file) : file.getReason();
        terminal.say("diagbundle: cannot access '" + file.getFile() + "': " + reason);
        yield ExitCode.FAILED;
      }
      case IOException io -> {
        LoggerFactory.getLogger(ErrorHandler.class).debug("failed", io);
        terminal.say("diagbundle: " + (io.getMessage() == null ? io : io.getMessage()));
        yield ExitCode.FAILED;
      }
      default -> {
        LoggerFactory.getLogger(ErrorHandler.class).debug("unexpected", e);
        terminal.say("diagbundle: internal error: " + e);
        terminal.say("  run again with -v and report the output");
        yield ExitCode.FAILED;
      }
    };
  }

  private static String kind(FileSystemException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      default -> e.getClass().getSimpleName();
    };
  }

  private int print(DiagbundleException e) {
    boolean usage = true;
    for (Problem problem : e.problems()) {
      terminal.say("diagbundle: " + problem.message());
      problem.hint().ifPresent(hint -> terminal.say("  " + hint));
      usage &= problem.kind() == Problem.Kind.USAGE;
    }
    return usage ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
