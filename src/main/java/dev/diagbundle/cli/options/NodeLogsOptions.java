package dev.diagbundle.cli.options;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import dev.diagbundle.nodelogs.NodeLogsRequest.Prefix;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.load.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which logs of nodes, and how they are printed.
public final class NodeLogsOptions {
  @Parameters(
      paramLabel = "NODE",
      arity = "0..*",
      description = "Names or globs of nodes, as in 'worker-*' (in quotes).")
  private List<String> nodes = List.of();

  @Option(
      names = "--node-selector",
      paramLabel = "SELECTOR",
      description = "Nodes with such labels, as in kubernetes.io/os=windows.")
  private @Nullable String nodeSelector;

  @Option(names = "--all", description = "Every node.")
  private boolean all;

  @Option(
      names = {"-s", "--service"},
      paramLabel = "SERVICE",
      required = true,
      split = ",",
      description = "A service by its bare name, as in kubelet; repeatable.")
  private List<String> services = List.of();

  @Option(
      names = "--grep",
      paramLabel = "PATTERN",
      description = "Only entries in which this regular expression (RE2) is found.")
  private @Nullable String grep;

  @Option(
      names = "--boot",
      paramLabel = "N",
      description = "Only entries of this boot: 0 the present one, -1 the one before. Linux only.")
  private @Nullable Integer boot;

  @Option(
      names = "--codepage",
      paramLabel = "N",
      description = "Code page of Windows nodes, for text that is not UTF-8. Default: 437.")
  private @Nullable String codePage;

  @Option(
      names = "--prefix",
      negatable = true,
      description =
          "Begin each line with node and service, or never. Default: with what there are several"
              + " of.")
  private @Nullable Boolean prefix;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description = "How long a node may keep the others waiting. Default: 20s.")
  private Duration patience = Duration.ofSeconds(20);

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Read at most so many nodes at once. Default: 16.")
  private int concurrency = 16;

  @Option(
      names = "--qps",
      paramLabel = "N",
      converter = Converters.OfRate.class,
      description = "At most so many requests a second, as in 10 or 0.5. Default: no such limit.")
  private @Nullable Double requestsPerSecond;

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description = "Of a log that is a file, the newest bytes only. Default: 100MiB.")
  private long maxFileBytes = 100L << 20;

  @Option(
      names = "--max-spool",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description =
          "What cannot be merged yet is kept in a temporary file up to this size. Default: 1GiB.")
  private long spoolBytes = 1L << 30;

  public NodeSelection selection() throws DiagbundleException {
    if (nodes.isEmpty() && nodeSelector == null && !all) {
      throw new DiagbundleException(
          Problem.usage("no node is named")
              .withHint("name some, as in 'worker-*', or use --node-selector or --all"));
    }
    if (all && !(nodes.isEmpty() && nodeSelector == null)) {
      throw usage("--all cannot stand beside names of nodes or --node-selector");
    }
    var globs = new ArrayList<Glob>();
    for (String node : nodes) {
      var problem = Glob.problem(node);
      if (problem.isPresent()) {
        throw usage("'" + node + "' is no name or glob of nodes: " + problem.get());
      }
      globs.add(new Glob(node));
    }
    if (nodeSelector != null && LabelSelector.parse(nodeSelector).isEmpty()) {
      throw usage("--node-selector '" + nodeSelector + "' is no label selector");
    }
    return new NodeSelection(Optional.ofNullable(nodeSelector), globs);
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
      throw usage("--boot " + boot + " lies ahead; 0 is the present one, -1 the one before");
    }
    return new ServiceLog.Options(
        boot == null ? OptionalInt.empty() : OptionalInt.of(boot),
        pattern(),
        codePage(),
        maxFileBytes);
  }

  /// The manners, at the rate that was asked for.
  public ClientOptions paced(ClientOptions manners) {
    return requestsPerSecond == null
        ? manners
        : manners.withRequestsPerSecond(OptionalDouble.of(requestsPerSecond));
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
      throw usage("--grep '" + grep + "' is no pattern: " + fault.get());
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
          Problem.usage("--codepage '" + codePage + "' is not known")
              .withHint(
                  "known are "
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
