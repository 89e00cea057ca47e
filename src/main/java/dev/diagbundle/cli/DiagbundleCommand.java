package dev.diagbundle.cli;

import org.jspecify.annotations.Nullable;
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
    subcommands = {
      CollectCommand.class,
      CheckCommand.class,
      ProfilesCommand.class,
      ValidateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  diagbundle collect --profile windows-cni --demo   try it; needs no cluster",
      "  diagbundle collect                                collect from the current context",
      "  diagbundle check                                  may I, and will the nodes answer?",
      "  diagbundle profiles list                          what can be collected"
    })
final class DiagbundleCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  DiagbundleCommand(Session session) {}

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }
}
