package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.cli.options.BundleFilesOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `cat`: prints files of a bundle.
@Command(
    name = "cat",
    description = "Print files of a bundle.",
    customSynopsis = "diagbundle cat [OPTIONS] BUNDLE PATH...",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Reads only the selected files. Each of several files is preceded by a line",
      "'==> path <=='. Control characters are escaped on a terminal, and unchanged in",
      "a file or pipe.",
      "",
      "Examples:",
      "  diagbundle cat ticket.tar.gz nodes/win-1/describe.txt",
      "  diagbundle cat ticket.tar.gz 'nodes/*/services/kubelet.log' | less",
      "  diagbundle cat ticket.tar.gz manifest.json | jq .run"
    })
final class CatCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final BundleFilesOptions files = new BundleFilesOptions();

  CatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    if (!files.hasPaths()) {
      throw new DiagbundleException(
          Problem.usage("no paths specified").withHint("list them with 'diagbundle ls BUNDLE'"));
    }
    var selection = files.selection();
    try (var opened = files.openOnly(selection.paths().predicate(), session);
        var out = session.terminal().result()) {
      var chosen = selection.files(opened);
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
