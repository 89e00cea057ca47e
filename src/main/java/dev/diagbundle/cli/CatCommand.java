package dev.diagbundle.cli;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.search.ClusterChoice;
import dev.diagbundle.bundle.search.PathChoice;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints files of a bundle.
@Command(
    name = "cat",
    description = "Prints files of a bundle; only these are read and unpacked.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Of more than one file, each begins with a line '==> path <=='. On a terminal, control",
      "characters are shown, not obeyed; into a file or a pipe the bytes go as they are.",
      "",
      "Examples:",
      "  diagbundle cat ticket.tar.gz nodes/win-1/describe.txt",
      "  diagbundle cat ticket.tar.gz 'nodes/*/services/kubelet.log' | less",
      "  diagbundle cat ticket.tar.gz manifest.json | jq .run"
    })
final class CatCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, folders or globs.")
  private List<String> paths = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME|GLOB",
      description = "Only what is of clusters with such names; repeatable.")
  private List<String> clusters = List.of();

  @Mixin private final Verbosity verbosity = new Verbosity();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  CatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var choice = PathChoice.of(paths);
    var clusterChoice = ClusterChoice.of(clusters);
    var source = identities.source(bundle, session);
    try (var opened = source.openOnly(choice.predicate());
        var out = session.terminal().result()) {
      session.terminal().note(opened.notices(), verbosity);
      var chosen = clusterChoice.files(choice.from(opened.files()), opened.manifest().run());
      for (int i = 0; i < chosen.size(); i++) {
        if (chosen.size() > 1) {
          out.write(header(chosen.get(i), i > 0).getBytes(StandardCharsets.UTF_8));
        }
        try (var in = opened.open(chosen.get(i))) {
          in.transferTo(out);
        }
      }
    }
    return ExitCode.OK;
  }

  private static String header(Entry file, boolean later) {
    return (later ? "\n" : "") + "==> " + file.path() + " <==\n";
  }
}
