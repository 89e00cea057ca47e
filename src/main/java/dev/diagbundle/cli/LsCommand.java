package dev.diagbundle.cli;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.search.ClusterChoice;
import dev.diagbundle.bundle.search.NodeChoice;
import dev.diagbundle.bundle.search.PathChoice;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.options.ResultFormat;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cli.view.BundleListing;
import dev.diagbundle.model.DiagbundleException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists what is in a bundle.
@Command(
    name = "ls",
    description = "Lists the files of a bundle with size and outcome, and what is missing in it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "BUNDLE is an archive, a part of a split one, an unpacked folder, or '-' for standard input.",
      "",
      "Examples:",
      "  diagbundle ls ticket.tar.gz",
      "  diagbundle ls ticket.tar.gz --tree --node 'win-*'",
      "  diagbundle ls ticket.tar.gz --failed",
      "  diagbundle ls ticket.tar.gz --output json | jq '.files[].path'"
    })
final class LsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Parameters(index = "1..*", paramLabel = "PATH", description = "Files, folders or globs.")
  private List<String> paths = List.of();

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Only what belongs to nodes with such names; repeatable.")
  private List<String> nodes = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME|GLOB",
      description = "Only what is of clusters with such names; repeatable.")
  private List<String> clusters = List.of();

  @Option(names = "--failed", description = "Only what is missing or partial, and why.")
  private boolean failed;

  @Option(names = "--tree", description = "Show folders as a tree, with the size of each.")
  private boolean tree;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Form of the result.")
  private ResultFormat form = ResultFormat.TEXT;

  @Mixin private final Verbosity verbosity = new Verbosity();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  LsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var choice = PathChoice.of(paths);
    var nodeChoice = NodeChoice.of(nodes);
    var clusterChoice = ClusterChoice.of(clusters);
    var source = identities.source(bundle, session);
    // Only JSON shows checksums, also that of the manifest.
    try (var opened =
            source.open(path -> form == ResultFormat.JSON && path.equals(BundleLayout.MANIFEST));
        var out = session.terminal().result()) {
      session.terminal().note(opened.notices(), verbosity);
      var run = opened.manifest().run();
      var items = clusterChoice.items(opened.manifest().items(), run);
      var listing =
          new BundleListing(
              opened,
              nodeChoice.files(clusterChoice.files(choice.from(opened.files()), run), items),
              nodeChoice.items(paths.isEmpty() ? items : List.of()));
      var shown = failed ? listing.onlyGaps() : listing;
      switch (form) {
        case JSON -> shown.writeJson(out);
        case TEXT -> shown.writeText(out, failed ? BundleListing.Style.GAPS : style());
      }
    }
    return ExitCode.OK;
  }

  private BundleListing.Style style() {
    return tree ? BundleListing.Style.TREE : BundleListing.Style.LIST;
  }
}
