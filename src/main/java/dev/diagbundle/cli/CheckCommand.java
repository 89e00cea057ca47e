package dev.diagbundle.cli;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.cli.options.AnalysisSettings;
import dev.diagbundle.cli.options.CheckFormat;
import dev.diagbundle.cli.options.ClusterOptions;
import dev.diagbundle.cli.options.LimitOptions;
import dev.diagbundle.cli.options.ScopeOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cli.view.CheckJson;
import dev.diagbundle.cli.view.CheckTable;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.collect.ClusterTarget;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.check.CheckedRight;
import dev.diagbundle.collect.check.LeastPrivilegeRole;
import dev.diagbundle.collect.check.Preflight;
import dev.diagbundle.collect.check.PreflightResult;
import dev.diagbundle.collect.check.RbacWarnings;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.yaml.YamlText;
import dev.diagbundle.redact.Redaction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `check`: checks permissions and nodes before a collection.
@Command(
    name = "check",
    description = "Check permissions and nodes before a collection.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Asks the API server for each right that the profile needs, and each node whether",
      "it answers log queries. Reads no logs and changes nothing. The time window is",
      "ignored.",
      "",
      "Exit codes:",
      "  0  all rights granted, all nodes available",
      "  1  cluster unreachable",
      "  2  usage error or invalid profile",
      "  4  rights or nodes missing; the table lists the affected items",
      "",
      "Examples:",
      "  diagbundle check --profile windows-cni",
      "  diagbundle check -p support --node 'worker-*' --format json",
      "  diagbundle check -p dns --format yaml --service-account ops/diagbundle \\",
      "    | kubectl apply -f -"
    })
final class CheckCommand implements Callable<Integer> {
  private static final String DEFAULT_PROFILE = "support";

  private final Session session;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME|FILE",
      description = "Profile to check; repeatable, profiles are merged. Default: support.")
  private List<String> profiles = List.of(DEFAULT_PROFILE);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Mixin private final ScopeOptions scope = new ScopeOptions();

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description =
          "Output format: table, JSON, or the least-privilege ClusterRole as YAML. Default: text.")
  private CheckFormat format = CheckFormat.TEXT;

  @Option(
      names = "--service-account",
      paramLabel = "NAMESPACE/NAME",
      description = "Service account to print with its bindings in YAML.")
  private @Nullable String account;

  @Mixin private final Verbosity verbosity = new Verbosity();

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    var to = account();
    var profile = limits.limited(AnalysisSettings.requireItems(ProfileCatalog.load(profiles)));
    if (cluster.demo()) {
      try (var demo = DemoCluster.start(session.clock())) {
        return check(demo.connection(), demo.clock(), demo.client(), profile, to);
      }
    }
    var connection = cluster.connection(session);
    return check(connection, session.clock(), cluster.limited(ClientOptions.USUAL), profile, to);
  }

  private int check(
      ClusterConnection connection,
      Clock clock,
      ClientOptions client,
      Profile profile,
      Optional<LeastPrivilegeRole.Account> to)
      throws DiagbundleException, InterruptedException {
    var request =
        new CollectRequest(
            List.of(ClusterTarget.of(connection)),
            profile,
            "",
            List.of(),
            Version.text(),
            scope.window(),
            scope.selection(profile),
            CollectRequest.Output.USUAL,
            Redaction.standard());
    var result = new Preflight(request, clock, client.withTicker(session.ticker())).run();
    var needs = result.needs().stream().map(CheckedRight::need).toList();
    var roles = LeastPrivilegeRole.of(needs, to);
    switch (format) {
      case TEXT -> {
        var terminal = session.terminal().forOutput();
        print(lines(new CheckTable(terminal, connection, profile.name(), result).lines()));
      }
      case JSON -> print(CheckJson.of(connection, profile.name(), result, roles) + "\n");
      case YAML -> {
        print(yaml(profile.name(), roles, result));
        if (!verbosity.quiet()) {
          new CheckTable(session.terminal(), connection, profile.name(), result)
              .lines()
              .forEach(session.terminal().err()::println);
        }
      }
    }
    return result.isGreen() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private static String yaml(String profile, List<ObjectNode> roles, PreflightResult result) {
    var needs = result.needs().stream().map(CheckedRight::need).toList();
    var text = new StringBuilder();
    comment("Least privileges of 'diagbundle collect' for the profile " + profile + ".", text);
    RbacWarnings.of(needs).forEach(line -> comment("Warning: " + line + ".", text));
    // Unknown rights are missing in the rules, which their reader must know.
    result.problems().forEach(line -> comment("Incomplete: " + line, text));
    return roles.stream().map(YamlText::of).collect(Collectors.joining("---\n", text, ""));
  }

  private static void comment(String line, StringBuilder to) {
    to.append("# ").append(Printable.line(line)).append('\n');
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void print(String text) throws DiagbundleException {
    session.terminal().out().print(text);
    session.terminal().flushResult();
  }

  private Optional<LeastPrivilegeRole.Account> account() throws DiagbundleException {
    if (account == null) {
      return Optional.empty();
    }
    if (!account.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      throw new DiagbundleException(
          Problem.usage("--service-account '" + account + "': invalid name")
              .withHint("use namespace/name, as in ops/diagbundle"));
    }
    int slash = account.indexOf('/');
    return Optional.of(
        new LeastPrivilegeRole.Account(account.substring(0, slash), account.substring(slash + 1)));
  }
}
