package dev.diagbundle.cli;

import dev.diagbundle.cluster.Access;
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.cluster.LogQuery;
import dev.diagbundle.collect.CheckedNeed;
import dev.diagbundle.collect.CheckedNode;
import dev.diagbundle.collect.PreflightResult;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Printable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What a check found, for people: rights, nodes, and a verdict at the end.
final class CheckTable {
  private static final int MAX_NODES = 60;
  private static final int WIDTH = 300;
  private static final int MAX_NAME = 40;

  /// From here on, times of the node's lines mislead who compares them.
  private static final Duration ODD_CLOCK = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final KubeConnection connection;
  private final String profile;
  private final PreflightResult result;

  CheckTable(Terminal terminal, KubeConnection connection, String profile, PreflightResult result) {
    this.terminal = terminal;
    this.connection = connection;
    this.profile = profile;
    this.result = result;
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    var version = result.version().isEmpty() ? "version unknown" : result.version();
    lines.add(
        label("Cluster")
            + printable(connection.cluster() + "  " + result.server() + "  " + version));
    if (!connection.user().isEmpty()) {
      lines.add(label("User") + printable(connection.user()));
    }
    lines.add(label("Clock") + "this machine is " + lead(result.skew()) + " the API server");
    lines.add("");
    addNeeds(lines);
    addNodes(lines);
    addVerdict(lines);
    return lines;
  }

  private void addNeeds(List<String> lines) {
    lines.add(terminal.bold("Rights that profile " + printable(profile) + " needs"));
    int width = result.needs().stream().mapToInt(need -> name(need).length()).max().orElse(0);
    for (CheckedNeed need : result.needs()) {
      var items = String.join(", ", need.need().items());
      var words = need.access().words();
      var text =
          pad(name(need), width) + "  " + (words.isEmpty() ? "" : "(" + words + ") ") + items;
      lines.add("  " + mark(need.access().state()) + "  " + printable(text));
    }
    lines.add("");
  }

  private String mark(Access.State state) {
    return switch (state) {
      case ALLOWED -> terminal.green("ok ");
      case DENIED -> terminal.red("NO ");
      case UNKNOWN -> terminal.yellow("?  ");
    };
  }

  private void addNodes(List<String> lines) {
    if (result.nodes().isEmpty()) {
      return;
    }
    // Those in trouble first: they are why one looks.
    var nodes = new ArrayList<>(result.nodes());
    nodes.sort(Comparator.comparing(CheckedNode::isGreen));
    var shown = nodes.subList(0, Math.min(MAX_NODES, nodes.size()));
    int names =
        Math.clamp(shown.stream().mapToInt(node -> node.name().length()).max().orElse(0), 4, 40);
    int versions = shown.stream().mapToInt(node -> node.kubelet().length()).max().orElse(0);
    int version = Math.clamp(versions, 7, MAX_NAME);
    lines.add(terminal.bold("Nodes, their clocks against this machine's"));
    lines.add(
        "       "
            + row("NAME", names, "OS", "KUBELET", version, "READY", "LOG QUERY", "CLOCK", ""));
    for (CheckedNode node : shown) {
      var row =
          row(
              node.name(),
              names,
              node.os(),
              node.kubelet(),
              version,
              node.ready() ? "yes" : "no",
              node.query().map(CheckTable::query).orElse("-"),
              node.lead().map(CheckTable::clock).orElse("-"),
              note(node));
      var mark = node.isGreen() ? terminal.green("ok ") : terminal.red("NO ");
      lines.add("  " + mark + "  " + printable(row));
    }
    if (nodes.size() > shown.size()) {
      lines.add("       and " + (nodes.size() - shown.size()) + " more; --output json has all");
    }
    lines.add("");
  }

  private String note(CheckedNode node) {
    if (!node.isGreen()) {
      return node.problem();
    }
    // Against the API server, by which the window of a run is taken.
    var skew = node.lead().map(lead -> lead.plus(result.skew()));
    return skew.isPresent() && skew.get().abs().compareTo(ODD_CLOCK) > 0
        ? "its clock is " + lead(skew.get()) + " the API server's"
        : "";
  }

  private void addVerdict(List<String> lines) {
    if (result.isGreen()) {
      lines.add(terminal.green("Nothing stands in the way") + " of collecting this profile.");
      return;
    }
    long rights = result.needs().stream().filter(need -> !need.access().isAllowed()).count();
    for (CheckedNeed need : result.needs()) {
      var state = need.access().state();
      if (state != Access.State.ALLOWED) {
        lines.add(
            label(state == Access.State.DENIED ? "Missing" : "Unknown")
                + terminal.yellow(
                    printable(name(need) + ": " + String.join(", ", need.need().items()))));
      }
    }
    result.problems().forEach(problem -> lines.add(label("Problem") + printable(problem)));
    result.nodes().stream()
        .filter(node -> !node.isGreen())
        .limit(MAX_NODES)
        .forEach(node ->
            lines.add(
                label("Node")
                    + terminal.yellow(
                        printable(node.name() + ": " + String.join(", ", node.suffers())))));
    if (rights > 0) {
      lines.add("The same command with --output yaml prints the smallest ClusterRole for it.");
    }
    lines.add("What is missing is skipped and named by 'collect'; the rest is collected.");
  }

  private static String row(
      String name,
      int nameWidth,
      String os,
      String kubelet,
      int kubeletWidth,
      String ready,
      String query,
      String clock,
      String note) {
    return String.join(
            "  ",
            pad(name, nameWidth),
            pad(os, 7),
            pad(kubelet, kubeletWidth),
            pad(ready, 5),
            pad(query, 9),
            pad(clock, 8),
            note)
        .stripTrailing();
  }

  private static String query(LogQuery.State state) {
    return switch (state) {
      case ON, ON_OPENSHIFT -> "on";
      case OFF -> "off";
      case NO_LOGS -> "no logs";
    };
  }

  private static String clock(Duration lead) {
    return (lead.isNegative() ? "-" : "+") + time(lead);
  }

  private static String lead(Duration lead) {
    return time(lead) + (lead.isNegative() ? " behind" : " ahead of");
  }

  private static String time(Duration lead) {
    var time = lead.abs();
    return time.compareTo(Duration.ofMinutes(1)) < 0
        ? String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0)
        : DurationText.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String name(CheckedNeed need) {
    return need.need().right().text();
  }

  private static String pad(String text, int width) {
    // Before the width is taken, what hides or takes no place must be spelled out.
    var shown = Printable.line(text, Math.max(width, MAX_NAME));
    return shown + " ".repeat(Math.max(0, width - shown.length()));
  }

  private static String printable(String text) {
    return Printable.line(text, WIDTH);
  }

  private String label(String text) {
    return terminal.dim(String.format("%-9s", text));
  }
}
