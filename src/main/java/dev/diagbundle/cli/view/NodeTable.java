package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.collect.check.CheckedNode;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Printable;

/// The nodes of a check as a table, those with problems first.
final class NodeTable {
  private static final int MAX_NODES = 60;
  private static final int WIDTH = 300;
  private static final int MAX_NAME = 40;

  /// The clock skew from which times in logs are misleading.
  private static final Duration ODD_CLOCK = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final List<CheckedNode> nodes;
  private final Duration skew;

  /// @param skew the local clock's lead over the API server's
  NodeTable(Terminal terminal, List<CheckedNode> nodes, Duration skew) {
    this.terminal = terminal;
    this.nodes =
        nodes.stream().sorted(Comparator.comparing((CheckedNode node) -> node.isGreen())).toList();
    this.skew = skew;
  }

  List<String> lines() {
    var shown = nodes.subList(0, Math.min(MAX_NODES, nodes.size()));
    int name = width(shown, CheckedNode::name, 4);
    int kubelet = width(shown, CheckedNode::kubelet, 7);
    var lines = new ArrayList<String>();
    lines.add(
        "       "
            + pad("NAME", name)
            + "  OS       "
            + pad("KUBELET", kubelet)
            + "  READY  LOG QUERY  CLOCK");
    for (CheckedNode node : shown) {
      var row =
          String.join(
                  "  ",
                  pad(node.name(), name),
                  pad(node.os(), 7),
                  pad(node.kubelet(), kubelet),
                  pad(node.ready() ? "yes" : "no", 5),
                  pad(node.query().map(NodeTable::query).orElse("-"), 9),
                  pad(lead(node).map(NodeTable::clock).orElse("-"), 8),
                  note(node))
              .stripTrailing();
      var mark = node.isGreen() ? terminal.green("ok ") : terminal.red("NO ");
      lines.add("  " + mark + "  " + Printable.line(row, WIDTH));
    }
    if (nodes.size() > shown.size()) {
      lines.add("       and " + (nodes.size() - shown.size()) + " more, see --format json");
    }
    return lines;
  }

  /// The clock skew in words.
  static String words(Duration lead) {
    return time(lead) + (lead.isNegative() ? " behind" : " ahead of");
  }

  private String note(CheckedNode node) {
    if (!node.isGreen()) {
      return node.problem();
    }
    return lead(node)
        .filter(lead -> lead.abs().compareTo(ODD_CLOCK) > 0)
        .map(lead -> "log times are " + time(lead) + (lead.isNegative() ? " early" : " late"))
        .orElse("");
  }

  /// Against the API server, by which the window of a run is taken.
  private Optional<Duration> lead(CheckedNode node) {
    return node.lead().map(lead -> lead.plus(skew));
  }

  private static String query(LogQuerySupport.State state) {
    return switch (state) {
      case ON, ON_OPENSHIFT -> "on";
      case OFF -> "off";
      case NO_LOGS -> "no logs";
    };
  }

  private static String clock(Duration lead) {
    return (lead.isNegative() ? "-" : "+") + time(lead);
  }

  private static String time(Duration lead) {
    var time = lead.abs();
    return time.compareTo(Duration.ofMinutes(1)) < 0
        ? String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0)
        : DurationText.format(time.truncatedTo(ChronoUnit.SECONDS));
  }

  private static int width(
      List<CheckedNode> nodes, Function<CheckedNode, String> column, int least) {
    int longest = nodes.stream().mapToInt(node -> column.apply(node).length()).max().orElse(0);
    return Math.clamp(longest, least, MAX_NAME);
  }

  private static String pad(String text, int width) {
    // Before the width is taken, what hides or takes no place must be spelled out.
    var shown = Printable.line(text, Math.max(width, MAX_NAME));
    return shown + " ".repeat(Math.max(0, width - shown.length()));
  }
}
