package dev.diagbundle.cli;

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
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.check.CheckedRight;
import dev.diagbundle.collect.check.LeastPrivilegeRole;
import dev.diagbundle.collect.check.Preflight;
import dev.diagbundle.collect.check.PreflightResult;
import dev.diagbundle.collect.check.RbacWarnings;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.yaml.YamlText;
import dev.diagbundle.redact.Redaction;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Checks beforehand whether a collection would get what it asks for.
@Command(
    name = "check",
    description = "Checks beforehand what a collection may read and which nodes would answer.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "It asks the API server for each right that the profile needs, and each node whether it",
      "answers log queries. It changes nothing and reads no log. It takes the options of 'collect'",
      "that say what is collected; the time is no matter.",
      "",
      "Exit codes: 0 nothing stands in the way; 1 the cluster cannot be reached; 2 wrong call or",
      "profile; 4 something is missing, the table says what and which items suffer.",
      "",
      "Examples:",
      "  diagbundle check --profile windows-cni",
      "  diagbundle check -p support --node 'worker-*' --output json",
      "  diagbundle check -p dns --output yaml --service-account ops/diagbundle | kubectl apply -f -"
    })
final class CheckCommand implements Callable<Integer> {
  private static final String DEFAULT_PROFILE = "support";

  private final Session session;

  @Option(
      names = {"-p", "--profile"},
      paramLabel = "NAME|FILE",
      description = "What would be collected; several are merged. Default: support.")
  private List<String> profiles = List.of(DEFAULT_PROFILE);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Mixin private final ScopeOptions scope = new ScopeOptions();

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--output",
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description =
          "What goes to standard output: a table, everything as JSON, or the smallest ClusterRole"
              + " that suffices.")
  private CheckFormat form = CheckFormat.TEXT;

  @Option(
      names = "--service-account",
      paramLabel = "NAMESPACE/NAME",
      description = "Print, beside the roles, this service account and its bindings.")
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
        return check(demo.connection(), demo.clock(), demo.manners(), profile, to);
      }
    }
    var connection =
        KubeConnection.of(cluster.kubeconfig(), cluster.context(), session.environment());
    return check(connection, session.clock(), ClientOptions.USUAL, profile, to);
  }

  private int check(
      KubeConnection connection,
      Clock clock,
      ClientOptions manners,
      Profile profile,
      Optional<LeastPrivilegeRole.Account> to)
      throws DiagbundleException, InterruptedException {
    var request =
        new CollectRequest(
            connection,
            profile,
            "",
            List.of(),
            Version.text(),
            scope.window(),
            scope.nodeSelection(),
            scope.namespaces(),
            scope.only(profile),
            scope.skip(profile),
            Optional.empty(),
            Optional.empty(),
            Redaction.standard());
    var result = new Preflight(request, clock, manners.withTicker(session.ticker())).run();
    var needs = result.needs().stream().map(CheckedRight::need).toList();
    var roles = LeastPrivilegeRole.of(needs, to);
    switch (form) {
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
    comment("What 'diagbundle collect' needs for the profile " + profile + ", and no more.", text);
    RbacWarnings.of(needs).forEach(line -> comment("Careful: " + line + ".", text));
    // What could not be found out is missing in the rules, so whoever applies them must know.
    result.problems().forEach(line -> comment("Not complete: " + line, text));
    return roles.stream().map(YamlText::of).collect(Collectors.joining("---\n", text, ""));
  }

  private static void comment(String line, StringBuilder to) {
    to.append("# ").append(Printable.line(line)).append('\n');
  }

  private static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void print(String text) throws DiagbundleException {
    var out = session.terminal().out();
    out.print(text);
    out.flush();
    if (out.checkError()) {
      throw new DiagbundleException(
          Problem.failure("cannot write to standard output: it was closed"));
    }
  }

  private Optional<LeastPrivilegeRole.Account> account() throws DiagbundleException {
    if (account == null) {
      return Optional.empty();
    }
    if (!account.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
      throw new DiagbundleException(
          Problem.usage("--service-account '" + account + "' is no name of a service account")
              .withHint("write namespace/name, as in ops/diagbundle"));
    }
    int slash = account.indexOf('/');
    return Optional.of(
        new LeastPrivilegeRole.Account(account.substring(0, slash), account.substring(slash + 1)));
  }
}
