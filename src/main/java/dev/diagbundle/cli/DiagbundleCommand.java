package dev.diagbundle.cli;

import dev.diagbundle.cli.terminal.Session;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `diagbundle` itself.
@Command(
    name = "diagbundle",
    description = "Gathers everything a Kubernetes bug report needs into one file.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  diagbundle collect --profile windows-cni --demo   try it; needs no cluster",
      "  diagbundle collect                                collect from the current context",
      "  diagbundle check                                  may I, and will the nodes answer?",
      "  diagbundle node-logs 'worker-*' -s kubelet        print logs of nodes, merged by time",
      "  diagbundle profiles list                          what can be collected",
      "  diagbundle ls ticket.tar.gz                       look into a bundle, not unpacking it",
      "  diagbundle grep 'CNI|sandbox' ticket.tar.gz       find lines in it",
      "  diagbundle logs ticket.tar.gz --since 10m         its logs as one, by time",
      "  diagbundle analyze ticket.tar.gz                  tell what is broken"
    })
final class DiagbundleCommand implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          CollectCommand.class,
          CheckCommand.class,
          NodeLogsCommand.class,
          ProfilesCommand.class,
          ValidateCommand.class,
          LsCommand.class,
          CatCommand.class,
          GrepCommand.class,
          LogsCommand.class,
          VerifyCommand.class,
          AnalyzeCommand.class,
          ReportCommand.class,
          RedactCommand.class,
          MergeCommand.class);

  @Spec private @Nullable CommandSpec spec;

  DiagbundleCommand(Session session) {}

  /// The program with its commands. Only those that the arguments name have their options: reading
  /// the options of all takes longer than many a command. The others have what `--help` shows.
  static CommandLine of(Session session, String... args) {
    var factory = new CommandFactory(session);
    var program = new CommandLine(new DiagbundleCommand(session), factory);
    for (Class<?> type : COMMANDS) {
      var command = type.getAnnotation(Command.class);
      if (Arrays.asList(args).contains(command.name())) {
        program.addSubcommand(new CommandLine(type, factory));
      } else {
        var outline = CommandSpec.create().name(command.name());
        outline.usageMessage().description(command.description());
        program.addSubcommand(command.name(), outline);
      }
    }
    return program;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }
}
