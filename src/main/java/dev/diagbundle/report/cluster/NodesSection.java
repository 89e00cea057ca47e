package dev.diagbundle.report.cluster;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.report.collection.FilesSection;
import dev.diagbundle.report.collection.Gaps;
import dev.diagbundle.report.collection.ItemState;
import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "Nodes": the items of each node as a table, and the facts that the node reports.
///
/// @param absent the services that were requested and have no column, in words
/// @param list the file of the list of nodes; for several clusters, the first
/// @param lists all such files
/// @param more the number of nodes that the row `rest` represents
public record NodesSection(
    int total,
    int notReady,
    String count,
    List<NodeColumns.Column> columns,
    List<NodeColumns.Heading> headings,
    String absent,
    List<Row> rows,
    int more,
    String moreText,
    List<Cell> rest,
    Optional<FileLink> list,
    List<FileLink> lists) {
  private static final int MAX_NODES = 200;
  private static final int MAX_ABSENT = 30;

  /// One node. `facts` are the facts that it reports.
  ///
  /// @param cluster its cluster, if there are several; else empty
  /// @param group the heading above it, if it is the first of one of several clusters
  /// @param list the file of the list that contains it
  /// @param icon the icon of its readiness
  /// @param summary the summary below its name
  public record Row(
      String id,
      String cluster,
      String group,
      Optional<FileLink> list,
      NodeFacts facts,
      String icon,
      String state,
      String summary,
      String since,
      Optional<FindingLink> finding,
      List<Cell> cells) {}

  /// One node and column. `word` may be empty.
  record Cell(ItemState state, String word, Optional<Href> href, boolean first) {}

  private record Candidate(NodeFacts facts, PickedList<Item> items, int gaps) {}

  public static NodesSection of(
      BundleFiles files, Gaps gaps, FilesSection folders, FindingsIndex findings) {
    var columns = NodeColumns.of(files.manifest().items());
    var cells = new NodeCells(files, gaps, folders, columns);
    var rows = new ArrayList<Row>();
    var rest = new ArrayList<Candidate>();
    var lists = new ArrayList<FileLink>();
    int total = 0;
    int notReady = 0;
    var clusters = files.clusters();
    for (var cluster : clusters) {
      var list = cluster.find("cluster-resources/nodes.json");
      list.map(FileLink::path).ifPresent(lists::add);
      var nodes = nodes(cluster, list, findings);
      int shown = Math.min(Math.max(1, MAX_NODES / clusters.size()), nodes.size());
      var group = group(cluster, nodes);
      for (var node : nodes.subList(0, shown)) {
        var finding = findings.ofNode(cluster.clusterName(), node.facts.name());
        rows.add(
            row(
                "N" + (rows.size() + 1),
                cluster,
                group,
                list,
                node,
                finding,
                cells.of(node.items)));
        group = "";
      }
      rest.addAll(nodes.subList(shown, nodes.size()));
      total += nodes.size();
      notReady += notReady(nodes);
    }
    return new NodesSection(
        total,
        notReady,
        count(total, notReady),
        columns.columns(),
        columns.headings(),
        TextFormat.list(columns.absent(), MAX_ABSENT),
        List.copyOf(rows),
        rest.size(),
        restText(rest),
        rest.isEmpty() ? List.of() : cells.sum(items(files, rest)),
        lists.stream().findFirst(),
        List.copyOf(lists));
  }

  private static List<Item> items(BundleFiles files, List<Candidate> nodes) {
    var items = new PickedList<>(files.manifest().items());
    nodes.forEach(node -> items.pickAll(node.items));
    return items;
  }

  private static String group(BundleFiles cluster, List<Candidate> nodes) {
    return cluster.clusterName().isEmpty()
        ? ""
        : cluster.clusterName() + ": " + count(nodes.size(), notReady(nodes));
  }

  private static String count(int nodes, int notReady) {
    return TextFormat.count(nodes, "node")
        + (notReady > 0 ? ", " + TextFormat.count(notReady) + " not ready" : "");
  }

  private static int notReady(List<Candidate> nodes) {
    return (int) nodes.stream().filter(node -> node.facts.isNotReady()).count();
  }

  /// The number of nodes with each operating system: `3 Linux, 1 Windows`.
  public static String systems(List<Row> rows) {
    Map<String, Integer> systems = new TreeMap<>();
    for (var row : rows) {
      switch (row.facts.os()) {
        case "linux" -> systems.merge("Linux", 1, Integer::sum);
        case "windows" -> systems.merge("Windows", 1, Integer::sum);
        default -> {
          return "";
        }
      }
    }
    return systems.entrySet().stream()
        .map(e -> TextFormat.count(e.getValue()) + "\u00a0" + e.getKey())
        .collect(java.util.stream.Collectors.joining(", "));
  }

  /// The nodes: those that are not ready first, then those with gaps or findings.
  private static List<Candidate> nodes(
      BundleFiles files, Optional<Entry> list, FindingsIndex findings) {
    var items = files.manifest().items();
    var itemsOfNode = new HashMap<String, PickedList<Item>>();
    int place = 0;
    for (var item : items) {
      if (!item.node().isEmpty() && item.cluster().equals(files.clusterName())) {
        itemsOfNode.computeIfAbsent(item.node(), _ -> new PickedList<>(items)).pick(place);
      }
      place++;
    }
    var facts = new TreeMap<String, NodeFacts>();
    list.ifPresent(entry ->
        files.eachObject(entry, node -> facts.put(NodeFacts.of(node).name(), NodeFacts.of(node))));
    itemsOfNode.keySet().forEach(name -> facts.putIfAbsent(name, NodeFacts.unlisted(name)));
    return facts.values().stream()
        .map(node -> {
          var own = itemsOfNode.getOrDefault(node.name(), new PickedList<>(items));
          return new Candidate(
              node, own, (int) own.stream().filter(item -> item.outcome().leavesGap()).count());
        })
        .sorted(
            Comparator.comparing((Candidate c) -> !c.facts.isNotReady())
                .thenComparing(c -> c.gaps == 0)
                .thenComparing(c -> findings.ofNode(files.clusterName(), c.facts.name()).isEmpty())
                .thenComparing(c -> c.facts.conditions().isEmpty())
                .thenComparing(c -> c.facts.name()))
        .toList();
  }

  private static Row row(
      String id,
      BundleFiles cluster,
      String group,
      Optional<Entry> list,
      Candidate node,
      Optional<FindingLink> finding,
      List<Cell> cells) {
    var facts = node.facts;
    Instant now = cluster.cluster().window().to();
    var icon = facts.isReady() ? "ok" : facts.isNotReady() ? "crit" : "na";
    var summary = new ArrayList<String>();
    summary.add(facts.state());
    for (String part : List.of(facts.osImage(), facts.version())) {
      if (!part.isEmpty()) {
        summary.add(part);
      }
    }
    return new Row(
        id,
        cluster.clusterName(),
        group,
        list.map(FileLink::path),
        facts,
        icon,
        facts.state(),
        String.join(" · ", summary),
        facts.since().map(time -> TextFormat.timeNear(now, time)).orElse(""),
        finding,
        cells);
  }

  private static String restText(List<Candidate> rest) {
    long notReady = rest.stream().filter(node -> node.facts.isNotReady()).count();
    long gaps = rest.stream().filter(node -> node.gaps > 0).count();
    return (notReady == 0 ? "none of them not ready" : TextFormat.count(notReady) + " not ready")
        + ", "
        + (gaps == 0 ? "complete" : TextFormat.count(gaps) + " with gaps");
  }

  /// A size in bytes as text for a cell.
  static String size(long bytes) {
    return ByteSize.format(bytes);
  }
}
