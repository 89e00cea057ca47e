package dev.diagbundle.cli;

import dev.diagbundle.bundle.merge.BundleMerger;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.report.ReportWriter;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.timeline.LogErrors;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the report of a bundle anew.
@Command(
    name = "report",
    description = "Writes the report (index.html) of a bundle anew, as a file beside it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "It works on what a killed run has left, too; what was not analyzed then is analyzed now. The",
      "bundle itself is not changed, unless with --in-place, as after an update of diagbundle. Links",
      "to files work where the page lies in the unpacked folder, as index.html does.",
      "",
      "Examples:",
      "  diagbundle report ticket.tar.gz -o report.html",
      "  diagbundle report ticket.tar.gz.partial",
      "  diagbundle report ticket.tar.gz --in-place"
    })
final class ReportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Option(
      names = {"-o", "--output-file"},
      paramLabel = "FILE",
      description = "The page's file; '-' for standard output. Default: the bundle's name + .html.")
  private @Nullable Path output;

  @Option(
      names = "--in-place",
      description =
          "Replace page and findings inside of the bundle; its other files stay as they are.")
  private boolean inPlace;

  @Mixin private final Verbosity verbosity = new Verbosity();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  ReportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var source = identities.source(bundle, session);
    if (output != null && source.isReplacedBy(output.toAbsolutePath().normalize())) {
      throw new DiagbundleException(
          Problem.usage("-o names the bundle itself; the page needs another file")
              .withHint("--in-place replaces the page inside of the bundle."));
    }
    try (var opened = source.open(_ -> true)) {
      session.terminal().note(opened.notices(), verbosity);
      if (inPlace) {
        return replace(source, opened);
      }
      var told = Told.of(opened);
      if (output != null && output.toString().equals("-")) {
        try (var out = session.terminal().result()) {
          new ReportWriter().write(opened, told.findings(), told.patterns(), out);
        }
        return ExitCode.OK;
      }
      var target = (output == null ? besides() : output).toAbsolutePath();
      var folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
        throw new DiagbundleException(
            Problem.usage("cannot write '" + Printable.line(target.toString()) + "'"));
      }
      // Whole or not at all, and never through a link that lies there.
      var draft = Files.createTempFile(folder, ".diagbundle-", ".html");
      try {
        try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
          new ReportWriter().write(opened, told.findings(), told.patterns(), out);
        }
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
      session.terminal().out().println(Printable.line(target.toString()));
      session.terminal().out().flush();
    }
    return ExitCode.OK;
  }

  /// What the bundle says was found; where it does not, as after a run that was killed, what an
  /// analysis finds now.
  private record Told(FindingsIndex findings, LogErrors patterns) {
    static Told of(BundleContents contents) throws IOException {
      var findings = FindingsIndex.of(contents);
      var patterns = LogErrors.of(contents);
      if (findings.known() && patterns.known()) {
        return new Told(findings, patterns);
      }
      var found = new RunAnalysis();
      var json = new ByteArrayOutputStream();
      found.write(contents, json);
      var lines = new ByteArrayOutputStream();
      var _ = found.writePatterns(lines);
      return new Told(
          findings.known() ? findings : FindingsIndex.read(stream(json)),
          patterns.known() ? patterns : LogErrors.read(stream(lines), contents));
    }

    private static ByteArrayInputStream stream(ByteArrayOutputStream bytes) {
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  /// A bundle with new findings and a new page, and all other files as they were.
  private int replace(BundleSource source, Bundle opened) throws DiagbundleException, IOException {
    if (output != null) {
      throw new DiagbundleException(Problem.usage("--in-place and -o do not go together"));
    }
    if (source.file().isEmpty() || opened.form() != Bundle.Form.INDEXED) {
      throw new DiagbundleException(
          Problem.usage("--in-place needs a bundle that is one file with its index")
              .withHint("'diagbundle merge BUNDLE -o FILE' makes one of anything else."));
    }
    var target = source.file().get().toRealPath();
    var found = new RunAnalysis();
    var merger =
        new BundleMerger(
            List.of(opened),
            found::write,
            (_, out) -> found.writePatterns(out),
            new ReportWriter()::write);
    var result = merger.rewrite(target);
    session.terminal().out().println(Printable.line(result.file().toString()));
    session.terminal().out().flush();
    return ExitCode.OK;
  }

  private Path besides() throws DiagbundleException {
    if (bundle.equals("-")) {
      throw new DiagbundleException(
          Problem.usage("a bundle from standard input needs -o FILE for its report"));
    }
    var path = Path.of(bundle).toAbsolutePath().normalize();
    return path.resolveSibling(path.getFileName() + ".html");
  }
}
