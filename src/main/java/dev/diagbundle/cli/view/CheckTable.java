package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.cluster.AccessDecision;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.collect.check.CheckedNode;
import dev.diagbundle.collect.check.PreflightResult;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Printable;
import java.util.Collection;

/// The result of a check as text: rights, nodes, and a verdict.
public final class CheckTable {
  private static final int WIDTH = 300;
  private static final int MAX_NAMES = 5;

  /// The column width of rights; anything longer is one long name.
  private static final int RIGHTS_WIDTH = 64;

  private final Terminal terminal;
  private final ClusterConnection connection;
  private final String profile;
  private final PreflightResult result;

  public CheckTable(
      Terminal terminal, ClusterConnection connection, String profile, PreflightResult result) {
    this.terminal = terminal;
    this.connection = connection;
    this.profile = profile;
    this.result = result;
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    var version = result.version().isEmpty() ? "version unknown" : result.version();
    lines.add(
        label("Cluster")
            + printable(connection.names().cluster() + "  " + result.server() + "  " + version));
    if (!connection.names().user().isEmpty()) {
      lines.add(label("User") + printable(connection.names().user()));
    }
    lines.add(label("Clock") + "local clock " + NodeTable.words(result.skew()) + " the API server");
    lines.add("");
    var rows = RightRow.of(result.needs());
    addRights(rows, lines);
    addNodes(lines);
    addVerdict(rows, lines);
    return lines;
  }

  private void addRights(List<RightRow> rows, List<String> lines) {
    lines.add(terminal.bold("Permissions for profile " + printable(profile)) + ": " + rights());
    int width =
        rows.stream()
            .flatMap(row -> row.lines(RIGHTS_WIDTH).stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    for (RightRow row : rows) {
      var words = row.alike().words();
      var items =
          (words.isEmpty() ? "" : "(" + words + ") ") + String.join(", ", row.alike().items());
      var rights = row.lines(RIGHTS_WIDTH);
      lines.add(
          "  "
              + mark(row.alike().state())
              + "  "
              + printable(pad(rights.getFirst(), width) + "  " + items));
      rights.stream().skip(1).forEach(line -> lines.add("       " + printable(line)));
    }
    lines.add("");
  }

  private String rights() {
    long denied = count(AccessDecision.State.DENIED);
    long unknown = count(AccessDecision.State.UNKNOWN);
    if (denied + unknown == 0) {
      return "all " + result.needs().size() + " granted";
    }
    return denied
        + " of "
        + result.needs().size()
        + " missing"
        + (unknown == 0 ? "" : ", " + unknown + " unknown");
  }

  private long count(AccessDecision.State state) {
    return result.needs().stream().filter(need -> need.access().state() == state).count();
  }

  private String mark(AccessDecision.State state) {
    return switch (state) {
      case ALLOWED -> terminal.green("ok ");
      case DENIED -> terminal.red("NO ");
      case UNKNOWN -> terminal.yellow("?  ");
    };
  }

  private void addNodes(List<String> lines) {
    var nodes = result.nodes();
    if (nodes.isEmpty()) {
      return;
    }
    long troubled = nodes.stream().filter(node -> !node.isGreen()).count();
    // A node without items gets no request, so its state is unknown.
    long asked = nodes.stream().filter(CheckTable::isAsked).count();
    var answering =
        asked == nodes.size()
            ? "all " + asked + " available"
            : asked == 0
                ? "not checked, the profile collects nothing from nodes"
                : asked + " of " + nodes.size() + " checked, all available";
    var count =
        troubled == 0 ? answering : troubled + " of " + nodes.size() + " not fully available";
    lines.add(terminal.bold("Nodes, with clocks relative to the API server") + ": " + count);
    lines.addAll(new NodeTable(terminal, nodes, result.skew()).lines());
    lines.add("");
  }

  private void addVerdict(List<RightRow> rows, List<String> lines) {
    if (result.isGreen()) {
      lines.add(terminal.green("Ready") + " to collect this profile.");
      return;
    }
    for (RightRow row : rows) {
      if (!row.isGranted()) {
        var label = row.alike().state() == AccessDecision.State.DENIED ? "Missing" : "Unknown";
        lines.add(suffering(label, row.text(), row.alike().items()));
      }
    }
    result.problems().forEach(problem -> lines.add(label("Problem") + printable(problem)));
    var nodes = new LinkedHashMap<List<String>, List<String>>();
    for (CheckedNode node : result.nodes()) {
      if (!node.isGreen()) {
        nodes.computeIfAbsent(node.suffers(), any -> new ArrayList<>()).add(node.name());
      }
    }
    nodes.forEach((items, names) ->
        lines.add(suffering(names.size() == 1 ? "Node" : "Nodes", some(names), items)));
    lines.add("");
    if (rows.stream().anyMatch(row -> !row.isGranted())) {
      lines.add("--format yaml prints the least-privilege ClusterRole.");
    }
    if (result.nodes().stream().anyMatch(CheckTable::isLogQueryMissed)) {
      lines.add(
          "To enable log queries, set 'enableSystemLogQuery: true' in the kubelet configuration;"
              + " before Kubernetes 1.36 also the feature gate NodeLogQuery.");
    }
    lines.add("'collect' skips missing items, lists them, and collects the rest.");
  }

  private String suffering(String label, String what, Collection<String> items) {
    // A long list of rights must not hide what suffers.
    return label(label)
        + terminal.yellow(Printable.line(what, WIDTH / 2) + ": ")
        + printable(String.join(", ", items));
  }

  private static boolean isAsked(CheckedNode node) {
    return node.query().isPresent() || !node.problem().isEmpty();
  }

  private static String some(List<String> names) {
    var first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
    return names.size() > MAX_NAMES
        ? first + " and " + (names.size() - MAX_NAMES) + " more"
        : first;
  }

  private static boolean isLogQueryMissed(CheckedNode node) {
    return !node.isGreen() && node.query().equals(Optional.of(LogQuerySupport.State.OFF));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String printable(String text) {
    return Printable.line(text, WIDTH);
  }

  private String label(String text) {
    return terminal.dim(String.format("%-9s", text));
  }
}
