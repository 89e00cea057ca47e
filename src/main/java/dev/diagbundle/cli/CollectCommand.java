package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.cli.options.AnalysisSettings;
import dev.diagbundle.cli.options.ClustersOptions;
import dev.diagbundle.cli.options.EncryptionOptions;
import dev.diagbundle.cli.options.FindingsOptions;
import dev.diagbundle.cli.options.LimitOptions;
import dev.diagbundle.cli.options.NoRedactOptions;
import dev.diagbundle.cli.options.RedactionOptions;
import dev.diagbundle.cli.options.ResultFormat;
import dev.diagbundle.cli.options.ScopeOptions;
import dev.diagbundle.cli.options.SplitOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.PendingStop;
import dev.diagbundle.cli.terminal.PluginTerminal;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cli.view.ProgressView;
import dev.diagbundle.cli.view.ResultJson;
import dev.diagbundle.cli.view.RunProgress;
import dev.diagbundle.cli.view.RunSummary;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.collect.ClusterTarget;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.CollectResult;
import dev.diagbundle.collect.Collector;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.load.ProfileText;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.report.ReportWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `collect`: collects a bundle from clusters.
@Command(
    name = "collect",
    description = "Collect logs, objects and node files into one archive with a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Prints the file name of the bundle, or of each part, to standard output, and",
      "progress and a summary to standard error. Parts are read by the name of FILE.",
      "The time window ends now, by the clock of the API server, and has the length set",
      "in the profile, unless set by --since, --from or --to.",
      "",
      "Exit codes:",
      "  0    complete",
      "  1    failed, no bundle",
      "  2    usage error or invalid profile",
      "  3    bundle written, with gaps",
      "  4    bundle written, finding of the severity of --fail-on or higher",
      "  130  interrupted by SIGINT, bundle written",
      "  143  interrupted by SIGTERM, bundle written",
      "",
      "Examples:",
      "  diagbundle collect --profile windows-cni --demo",
      "  diagbundle collect -p node-not-ready --node 'worker-*' --since 2h",
      "  diagbundle collect -p support --context prod -o ticket-4711.tar.gz",
      "  diagbundle collect --encrypt-to age1… -o ticket-4711.tar.gz.age",
      "  diagbundle collect --max-size 100MB --split 25MB",
      "  diagbundle collect --context prod-eu --context prod-us",
      "  diagbundle collect --kubeconfig ./kubeconfigs --all-contexts"
    })
final class CollectCommand implements Callable<Integer> {
  private static final String DEFAULT_PROFILE = "support";

  private final Session session;
  private final PendingStop stop = new PendingStop();
  private final PluginTerminal plugins;
  private Redaction redaction = Redaction.standard();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME|FILE",
      description = "Profile to collect; repeatable, profiles are merged. Default: support.")
  private List<String> profiles = List.of(DEFAULT_PROFILE);

  @Mixin private final ClustersOptions clusters = new ClustersOptions();

  @Mixin private final ScopeOptions scope = new ScopeOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Output file; '-' for standard output. Default: a name with the time.")
  private @Nullable Path output;

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Mixin private final SplitOptions split = new SplitOptions();

  @Mixin private final FindingsOptions findings = new FindingsOptions();

  @Mixin private final EncryptionOptions encryption = new EncryptionOptions();

  @Mixin private final RedactionOptions redactions = new RedactionOptions();

  @Mixin private final NoRedactOptions unredacted = new NoRedactOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Output format: file name, or JSON. Default: text.")
  private ResultFormat format = ResultFormat.TEXT;

  @Mixin private final Verbosity verbosity = new Verbosity();

  CollectCommand(Session session) {
    this.session = session;
    this.plugins = new PluginTerminal(session.terminal());
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    session.signals().listen(stop::on);
    // Usage errors must be reported before the first request to the cluster.
    encryption.recipients();
    findings.requireUsable();
    split.partBytes(Optional.ofNullable(output));
    scope.window();
    redaction = unredacted.isConfirmed(session) ? Redaction.none() : redactions.redaction();
    var profile =
        findings.tuned(
            limits.limited(AnalysisSettings.requireItems(ProfileCatalog.load(profiles))));
    if (clusters.demo()) {
      try (var demo = DemoCluster.start(session.clock())) {
        var target = ClusterTarget.of(demo.connection());
        return collect(List.of(target), demo.clock(), demo.client(), profile);
      }
    }
    var targets = clusters.targets(session, plugins, verbosity);
    return collect(targets, session.clock(), clusters.limited(ClientOptions.USUAL), profile);
  }

  private int collect(
      List<ClusterTarget> targets, Clock clock, ClientOptions client, Profile profile)
      throws DiagbundleException, IOException, InterruptedException {
    boolean toStandardOutput = output != null && output.toString().equals("-");
    if (!toStandardOutput) {
      return collect(targets, clock, client, profile, Optional.ofNullable(output), false);
    }
    // The bundle is completed and checked before the first byte of it is passed on.
    var folder = Files.createTempDirectory("diagbundle-");
    try {
      return collect(
          targets, clock, client, profile, Optional.of(folder.resolve("bundle.tar.gz")), true);
    } finally {
      Files.deleteIfExists(folder.resolve("bundle.tar.gz"));
      Files.deleteIfExists(folder);
    }
  }

  private int collect(
      List<ClusterTarget> targets,
      Clock clock,
      ClientOptions client,
      Profile profile,
      Optional<Path> file,
      boolean passOn)
      throws DiagbundleException, IOException, InterruptedException {
    var request =
        new CollectRequest(
            targets,
            profile,
            ProfileText.yaml(profile),
            words(),
            Version.text(),
            scope.window(),
            scope.selection(profile),
            new CollectRequest.Output(file, encryption.recipients(), split.partBytes(file)),
            redaction);
    var state = new RunProgress();
    var found = new RunAnalysis(profile.findings());
    var collector =
        new Collector(
            request,
            clock,
            state,
            found,
            new ReportWriter()::write,
            client.withTicker(session.ticker()));
    stop.attach(collector::stop);
    CollectResult result;
    if (verbosity.quiet()) {
      result = collector.run();
    } else {
      try (var _ = ProgressView.start(session.terminal(), state, plugins)) {
        result = collector.run();
      }
      new RunSummary(session.terminal(), result, found.analysis())
          .lines()
          .forEach(session.terminal().err()::println);
    }
    summarize(found, result);
    print(result, found, passOn);
    return exitCode(result, found);
  }

  /// Writes the summary. The bundle is complete by now, so a failure does not end the command.
  private void summarize(RunAnalysis found, CollectResult result) {
    try {
      findings.summarize(found.analysis(), result.manifest().run().rootFolder());
    } catch (IOException e) {
      session.terminal().say("diagbundle: cannot write the summary: " + e.getMessage());
    }
  }

  private void print(CollectResult result, RunAnalysis found, boolean passOn)
      throws DiagbundleException, IOException {
    var out = session.terminal().out();
    if (passOn) {
      Files.copy(result.file(), out);
    } else if (format == ResultFormat.JSON) {
      out.println(ResultJson.of(result, found.analysis()));
    } else {
      result.files().forEach(part -> out.println(Printable.line(part.toString())));
    }
    session.terminal().flushResult();
  }

  private int exitCode(CollectResult result, RunAnalysis found) {
    var cause = result.manifest().run().interrupted();
    boolean signal =
        cause.filter(by -> !by.equals("deadline") && !by.equals(Manifest.Run.DISK)).isPresent();
    if (signal) {
      return ExitCode.ofSignal(cause.orElseThrow());
    }
    if (findings.fails(found.analysis())) {
      return ExitCode.CHECK_FAILED;
    }
    return result.isComplete() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  /// The command line as given, without secrets.
  private List<String> words() {
    var words = new ArrayList<String>();
    words.add("diagbundle");
    if (spec != null) {
      spec.root().commandLine().getParseResult().originalArgs().stream()
          .map(ClustersOptions::withoutSecret)
          .forEach(words::add);
    }
    return words;
  }
}
