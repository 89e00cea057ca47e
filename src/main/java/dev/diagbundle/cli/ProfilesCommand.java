package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.load.ProfileSchema;
import dev.diagbundle.profile.load.ProfileText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `profiles`: shows profiles.
@Command(
    name = "profiles",
    description = "Show profiles, the lists of what to collect.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ProfilesCommand.ListCommand.class,
      ProfilesCommand.ShowCommand.class,
      ProfilesCommand.SchemaCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  diagbundle profiles list",
      "  diagbundle profiles show windows-cni > my-profile.yaml"
    })
final class ProfilesCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  ProfilesCommand(Session session) {}

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "missing command: list, show or schema");
    }
  }

  /// The command `profiles list`: lists the built-in profiles.
  @Command(
      name = "list",
      description = "List the built-in profiles.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  diagbundle profiles list"})
  static final class ListCommand implements Callable<Integer> {
    private final Terminal terminal;

    ListCommand(Session session) {
      this.terminal = session.terminal();
    }

    @Override
    public Integer call() throws DiagbundleException {
      ProfileCatalog.descriptions()
          .forEach((name, description) -> terminal.out().printf("%-16s %s%n", name, description));
      terminal.out().flush();
      return ExitCode.OK;
    }
  }

  /// The command `profiles show`: prints a profile.
  @Command(
      name = "show",
      description = "Print a merged profile with the origin of each item.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  diagbundle profiles show windows-cni",
        "  diagbundle profiles show my.yaml"
      })
  static final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "PROFILE", arity = "1..*", description = "Profile names or files.")
    private List<String> profiles = List.of();

    ShowCommand(Session session) {
      this.terminal = session.terminal();
    }

    @Override
    public Integer call() throws DiagbundleException {
      terminal.out().print(ProfileText.withOrigins(ProfileCatalog.loadWithOrigins(profiles)));
      terminal.out().flush();
      return ExitCode.OK;
    }
  }

  /// The command `profiles schema`: prints the JSON Schema of profiles.
  @Command(
      name = "schema",
      description = "Print the JSON Schema of profiles, for editors.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  diagbundle profiles schema > profile.schema.json"})
  static final class SchemaCommand implements Runnable {
    private final Terminal terminal;

    SchemaCommand(Session session) {
      this.terminal = session.terminal();
    }

    @Override
    public void run() {
      terminal.out().print(ProfileSchema.json());
      terminal.out().flush();
    }
  }
}
