package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.cli.options.BundleFilesOptions;
import dev.diagbundle.cli.options.ResultFormat;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.view.BundleListing;
import dev.diagbundle.model.DiagbundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `ls`: lists the files of a bundle.
@Command(
    name = "ls",
    description = "List the files of a bundle, and what is missing.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "BUNDLE is an archive, a part of a split archive, an unpacked folder, or '-' for",
      "standard input.",
      "",
      "Examples:",
      "  diagbundle ls ticket.tar.gz",
      "  diagbundle ls ticket.tar.gz --tree --node 'win-*'",
      "  diagbundle ls ticket.tar.gz --failed",
      "  diagbundle ls ticket.tar.gz --format json | jq '.files[].path'"
    })
final class LsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final BundleFilesOptions files = new BundleFilesOptions();

  @Option(names = "--failed", description = "Show only missing or partial items, with the reason.")
  private boolean failed;

  @Option(names = "--tree", description = "Show a tree of folders with their sizes.")
  private boolean tree;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format. Default: text.")
  private ResultFormat format = ResultFormat.TEXT;

  LsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var selection = files.selection();
    // Only JSON shows checksums, also that of the manifest.
    try (var opened =
            files.open(
                path -> format == ResultFormat.JSON && path.equals(BundleLayout.MANIFEST),
                session);
        var out = session.terminal().result()) {
      var listing = new BundleListing(opened, selection.files(opened), selection.items(opened));
      var shown = failed ? listing.onlyGaps() : listing;
      switch (format) {
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
