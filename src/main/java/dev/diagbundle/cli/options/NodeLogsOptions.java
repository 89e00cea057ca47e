package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import dev.diagbundle.nodelogs.NodeLogsRequest.Prefix;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.load.ServiceName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The logs of nodes to print, and how to print them.
public final class NodeLogsOptions {
  @Parameters(
      paramLabel = "NODE",
      arity = "0..*",
      description = "Node names or globs, as in 'worker-*' (quoted).")
  private List<String> nodes = List.of();

  @Mixin private final NodeSelectorOptions nodeSelector = new NodeSelectorOptions();

  @Option(names = "--all", description = "Select all nodes.")
  private boolean all;

  @Option(
      names = {"-s", "--service"},
      paramLabel = "SERVICE",
      required = true,
      split = ",",
      hideParamSyntax = true,
      description = "Service name, as in kubelet; repeatable, or separated by commas.")
  private List<String> services = List.of();

  @Option(
      names = "--grep",
      paramLabel = "PATTERN",
      description = "Regular expression (RE2) that entries must match.")
  private @Nullable String grep;

  @Option(
      names = "--boot",
      paramLabel = "N",
      description = "Boot to read: 0 for the current, -1 for the previous one. Linux only.")
  private @Nullable Integer boot;

  @Option(
      names = "--codepage",
      paramLabel = "N",
      description = "Windows code page for text that is not UTF-8. Default: 437.")
  private @Nullable String codePage;

  @Option(
      names = "--prefix",
      negatable = true,
      description = "Prefix each line with node and service. Default: only if there are several.")
  private @Nullable Boolean prefix;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "Maximum wait for a node. Default: 20s.")
  private Duration patience = Duration.ofSeconds(20);

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Maximum nodes read concurrently. Default: 16.")
  private int concurrency = 16;

  @Mixin private final RateOptions rate = new RateOptions();

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description = "Maximum bytes read from the end of a log file. Default: 100MiB.")
  private long maxFileBytes = 100L << 20;

  @Option(
      names = "--max-spool",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description = "Maximum size of the temporary file for the merge. Default: 1GiB.")
  private long spoolBytes = 1L << 30;

  public NodeSelection selection() throws DiagbundleException {
    boolean some = !nodes.isEmpty() || nodeSelector.isGiven();
    if (!some && !all) {
      throw new DiagbundleException(
          Problem.usage("no nodes specified")
              .withHint("add node names, as in 'worker-*', --node-selector or --all"));
    }
    if (some && all) {
      throw usage("--all cannot be combined with node names or --node-selector");
    }
    return nodeSelector.selection(nodes);
  }

  public List<String> services() throws DiagbundleException {
    for (String service : services) {
      var problem = ServiceName.problem(service);
      if (problem.isPresent()) {
        throw new DiagbundleException(problem.get());
      }
    }
    return services;
  }

  public ServiceLog.Options options() throws DiagbundleException {
    if (boot != null && boot > 0) {
      throw usage("--boot: expected 0 or a negative number, got " + boot);
    }
    return new ServiceLog.Options(
        boot == null ? OptionalInt.empty() : OptionalInt.of(boot),
        pattern(),
        codePage(),
        maxFileBytes);
  }

  /// The options with the rate limit that is given.
  public ClientOptions paced(ClientOptions client) {
    return rate.perSecond().isEmpty() ? client : client.withRequestsPerSecond(rate.perSecond());
  }

  public int concurrency() {
    return concurrency;
  }

  public Duration patience() {
    return patience;
  }

  public long spoolBytes() {
    return spoolBytes;
  }

  public Prefix prefix() {
    if (prefix == null) {
      return Prefix.AS_NEEDED;
    }
    return prefix ? Prefix.ALWAYS : Prefix.NEVER;
  }

  private Optional<LinePattern> pattern() throws DiagbundleException {
    if (grep == null) {
      return Optional.empty();
    }
    var fault = LinePattern.fault(grep);
    if (fault.isPresent()) {
      throw usage("--grep '" + grep + "': invalid pattern, " + fault.get());
    }
    return LinePattern.parse(grep);
  }

  private CodePage codePage() throws DiagbundleException {
    if (codePage == null) {
      return CodePage.USUAL;
    }
    var known = CodePage.parse(codePage);
    if (known.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("--codepage: unknown code page '" + codePage + "'")
              .withHint(
                  "code pages: "
                      + CodePage.numbers().stream()
                          .map(String::valueOf)
                          .collect(Collectors.joining(", "))));
    }
    return known.get();
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }
}
