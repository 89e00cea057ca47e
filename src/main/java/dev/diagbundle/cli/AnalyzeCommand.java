package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.options.AnalysisOptions;
import dev.diagbundle.cli.options.AnalysisSettings;
import dev.diagbundle.cli.options.BundleOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.output.FindingsJson;
import dev.diagbundle.findings.output.FindingsJunit;
import dev.diagbundle.findings.output.FindingsMarkdown;
import dev.diagbundle.findings.output.FindingsOutput;
import dev.diagbundle.findings.output.FindingsSarif;
import dev.diagbundle.findings.output.FindingsText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.profile.load.ProfileCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `analyze`: prints the findings of an analysis.
@Command(
    name = "analyze",
    description = "Analyze a bundle and print what is broken, root causes first.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Reads the bundle only, not the cluster. A check without the data it needs is",
      "reported as unknown, not as passed.",
      "",
      "Exit codes:",
      "  0  no finding of the severity of --fail-on",
      "  1  not a bundle",
      "  2  usage error",
      "  4  finding of the severity of --fail-on or higher",
      "",
      "Examples:",
      "  diagbundle analyze ticket.tar.gz",
      "  diagbundle analyze ticket.tar.gz --format markdown > findings.md",
      "  diagbundle analyze old.tar.gz --profile our-rules.yaml",
      "  diagbundle analyze ticket.tar.gz --fail-on critical --skip-check node-cordoned"
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Session session;

  /// The output formats.
  enum Format {
    TEXT,
    JSON,
    MARKDOWN,
    JUNIT,
    SARIF;

    private FindingsOutput output() {
      return switch (this) {
        case TEXT -> new FindingsText();
        case JSON -> new FindingsJson();
        case MARKDOWN -> new FindingsMarkdown();
        case JUNIT -> new FindingsJunit();
        case SARIF -> new FindingsSarif(Version.text());
      };
    }
  }

  @Mixin private final BundleOptions bundle = new BundleOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Output format: text, json, markdown, junit or sarif. Default: text.")
  private Format format = Format.TEXT;

  @Mixin private final AnalysisOptions options = new AnalysisOptions();

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME|FILE",
      description =
          "Profile with thresholds and rules; repeatable. Default: the profile in the bundle.")
  private List<String> profiles = List.of();

  AnalyzeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    Optional<FindingSettings> chosen =
        profiles.isEmpty()
            ? Optional.empty()
            : Optional.of(ProfileCatalog.load(profiles).findings());
    if (chosen.isPresent()) {
      // A usage error must be reported before the bundle is read.
      options.apply(chosen.get());
    }
    var source = bundle.source(session);
    Analysis analysis;
    try (var opened = bundle.open(source, _ -> true, session)) {
      var rules = chosen.orElseGet(() -> AnalysisSettings.of(opened));
      var settings = options.apply(rules);
      analysis = AnalysisSettings.analyzer(settings).analyze(opened);
    }
    try (var out = session.terminal().result()) {
      format.output().write(analysis, source.name(), out);
    }
    return options.fails(Optional.of(analysis)) ? ExitCode.CHECK_FAILED : ExitCode.OK;
  }
}
