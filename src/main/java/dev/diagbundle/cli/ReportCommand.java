package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.merge.BundleMerger;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.cli.options.BundleOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.report.ReportWriter;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.timeline.LogErrors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `report`: generates the report of a bundle.
@Command(
    name = "report",
    description = "Generate the HTML report of a bundle.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Also reads the unfinished bundle of a killed run. Links to files work if the",
      "report is index.html in the unpacked folder.",
      "",
      "Examples:",
      "  diagbundle report ticket.tar.gz -o report.html",
      "  diagbundle report ticket.tar.gz.partial",
      "  diagbundle report ticket.tar.gz --in-place"
    })
final class ReportCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final BundleOptions bundle = new BundleOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = {"Output file; '-' for standard output.", "Default: BUNDLE.html."})
  private @Nullable Path output;

  @Option(names = "--in-place", description = "Replace report and findings in the bundle.")
  private boolean inPlace;

  ReportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var source = bundle.source(session);
    if (output != null && source.isReplacedBy(output.toAbsolutePath().normalize())) {
      throw new DiagbundleException(
          Problem.usage("-o: the input cannot be the output")
              .withHint("--in-place replaces the report in the bundle"));
    }
    try (var opened = bundle.open(source, _ -> true, session)) {
      if (inPlace) {
        return replace(source, opened);
      }
      var parsed = Parsed.of(opened);
      if (output != null && output.toString().equals("-")) {
        try (var out = session.terminal().result()) {
          new ReportWriter().write(opened, parsed.findings(), parsed.patterns(), out);
        }
        return ExitCode.OK;
      }
      var target = (output == null ? besides() : output).toAbsolutePath();
      var folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
        throw new DiagbundleException(
            Problem.usage("cannot write to '" + Printable.line(target.toString()) + "'"));
      }
      // Completely or not at all, and never through an existing link.
      var draft = Files.createTempFile(folder, ".diagbundle-", ".html");
      try {
        try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
          new ReportWriter().write(opened, parsed.findings(), parsed.patterns(), out);
        }
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
      session.terminal().printResult(target.toString());
    }
    return ExitCode.OK;
  }

  /// The findings and log patterns of a bundle; those of an analysis now if it has none, as after a
  /// run that was killed.
  private record Parsed(FindingsIndex findings, LogErrors patterns) {
    static Parsed of(BundleContents contents) throws IOException {
      var findings = FindingsIndex.of(contents);
      var patterns = LogErrors.of(contents);
      if (findings.known() && patterns.known()) {
        return new Parsed(findings, patterns);
      }
      var found = new RunAnalysis();
      var json = new ByteArrayOutputStream();
      found.write(contents, json);
      var lines = new ByteArrayOutputStream();
      var _ = found.writePatterns(lines);
      return new Parsed(
          findings.known() ? findings : FindingsIndex.read(stream(json)),
          patterns.known() ? patterns : LogErrors.read(stream(lines), contents));
    }

    private static ByteArrayInputStream stream(ByteArrayOutputStream bytes) {
      return new ByteArrayInputStream(bytes.toByteArray());
    }
  }

  /// Replaces findings and report in the bundle.
  private int replace(BundleSource source, Bundle opened) throws DiagbundleException, IOException {
    if (output != null) {
      throw new DiagbundleException(Problem.usage("--in-place cannot be combined with -o"));
    }
    if (source.file().isEmpty() || opened.form() != Bundle.Form.INDEXED) {
      throw new DiagbundleException(
          Problem.usage("--in-place requires a bundle in one file with an index")
              .withHint("convert it with 'diagbundle merge BUNDLE -o FILE'"));
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
    session.terminal().printResult(result.file().toString());
    return ExitCode.OK;
  }

  private Path besides() throws DiagbundleException {
    if (bundle.word().equals("-")) {
      throw new DiagbundleException(
          Problem.usage("-o FILE is required for a bundle from standard input"));
    }
    var path = Path.of(bundle.word()).toAbsolutePath().normalize();
    return path.resolveSibling(path.getFileName() + ".html");
  }
}
