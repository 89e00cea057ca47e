package dev.diagbundle.cli;

import dev.diagbundle.cli.options.AnalysisSettings;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.output.FindingsJson;
import dev.diagbundle.findings.output.FindingsJunit;
import dev.diagbundle.findings.output.FindingsMarkdown;
import dev.diagbundle.findings.output.FindingsOutput;
import dev.diagbundle.findings.output.FindingsSarif;
import dev.diagbundle.findings.output.FindingsText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.profile.load.ProfileCatalog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what is broken.
@Command(
    name = "analyze",
    description = "Tells from a bundle what is broken in the cluster, and where to look first.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The cluster is not asked. What a check needs and the bundle lacks is named, and the check is",
      "not taken for passed.",
      "",
      "Exit codes: 0 done; 4 there is a finding as bad as --fail-on says; 1 it is no bundle; 2 wrong",
      "call.",
      "",
      "Examples:",
      "  diagbundle analyze ticket.tar.gz",
      "  diagbundle analyze ticket.tar.gz --output markdown > findings.md",
      "  diagbundle analyze old.tar.gz --profile our-rules.yaml",
      "  diagbundle analyze ticket.tar.gz --fail-on critical --ignore pod-restarted-recently"
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Session session;

  /// The forms of output.
  enum Form {
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

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "text, json, markdown, junit or sarif. Default: text.")
  private Form form = Form.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 4 if there is a finding so bad or worse, folded or not: critical, warning or"
              + " info.")
  private @Nullable Severity failOn;

  @Option(
      names = "--ignore",
      paramLabel = "ID",
      description = "Do not run a check, by the name in brackets; repeatable.")
  private List<String> ignored = List.of();

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME|FILE",
      description =
          "Take thresholds, ignored checks and rules from this profile, not from the one that the"
              + " bundle was collected by; several are merged.")
  private List<String> profiles = List.of();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

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
      // What is wrong with the call must show before the bundle is read.
      AnalysisSettings.ignoring(chosen.get(), ignored);
    }
    var source = identities.source(bundle, session);
    Analysis analysis;
    try (var opened = source.open(_ -> true)) {
      session.terminal().note(opened.notices(), verbosity);
      var rules = chosen.orElseGet(() -> AnalysisSettings.of(opened));
      var settings = AnalysisSettings.ignoring(rules, ignored);
      analysis = AnalysisSettings.analyzer(settings).analyze(opened);
    }
    try (var out = session.terminal().result()) {
      form.output().write(analysis, source.name(), out);
    }
    var limit = failOn;
    boolean bad =
        limit != null && analysis.worst().filter(worst -> worst.compareTo(limit) <= 0).isPresent();
    return bad ? ExitCode.CHECK_FAILED : ExitCode.OK;
  }
}
