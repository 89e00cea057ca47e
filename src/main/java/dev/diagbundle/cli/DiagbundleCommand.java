package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.terminal.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The top-level command `diagbundle`.
@Command(
    name = "diagbundle",
    description = "Collect everything a Kubernetes bug report needs into one file.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  diagbundle collect --profile windows-cni --demo  try it without a cluster",
      "  diagbundle collect                               collect from a cluster",
      "  diagbundle check                                 check permissions and nodes",
      "  diagbundle node-logs 'worker-*' -s kubelet       print node logs by time",
      "  diagbundle profiles list                         list the profiles",
      "  diagbundle ls ticket.tar.gz                      list files without unpacking",
      "  diagbundle grep 'CNI|sandbox' ticket.tar.gz      find lines",
      "  diagbundle logs ticket.tar.gz --since 10m        print all logs by time",
      "  diagbundle analyze ticket.tar.gz                 print what is broken"
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

  /// The program with its commands. Only the commands among the arguments have their options:
  /// reading the options of all takes longer than many a command. The others have a description.
  static CommandLine of(Session session, String... args) {
    var factory = new CommandFactory(session);
    var program = new CommandLine(new DiagbundleCommand(session), factory);
    for (Class<?> type : COMMANDS) {
      var command = type.getAnnotation(Command.class);
      if (Arrays.asList(args).contains(command.name())) {
        var full = new CommandLine(type, factory);
        abbreviate(full);
        program.addSubcommand(full);
      } else {
        var outline = CommandSpec.create().name(command.name());
        outline.usageMessage().description(command.description());
        program.addSubcommand(command.name(), outline);
      }
    }
    return program;
  }

  private static void abbreviate(CommandLine command) {
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(DiagbundleCommand::abbreviate);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "missing command");
    }
  }
}
