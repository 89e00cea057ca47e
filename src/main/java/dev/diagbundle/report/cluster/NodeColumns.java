package dev.diagbundle.report.cluster;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.report.collection.ItemNames;
import dev.diagbundle.report.collection.ItemState;

/// The columns of the table of nodes: one for each service and each kubelet endpoint, one for each
/// other kind of item. A service that no node has gets no column: profiles request those of every
/// distribution.
///
/// @param columns the columns in the order of the page
/// @param absent the services without a column
record NodeColumns(List<Column> columns, List<String> absent) {
  private static final int MAX_IN_GROUP = 10;

  /// The services that always have a column: their absence is significant.
  private static final Set<String> ALWAYS = Set.of("kubelet", "containerd");

  private static final List<ItemKind> GROUPS =
      List.of(ItemKind.NODE_LOGS, ItemKind.NODE_FILES, ItemKind.KUBELET);
  private static final List<String> KNOWN =
      List.of(
          "kubelet",
          "containerd",
          "kube-proxy",
          "healthz",
          "configz",
          "pods",
          "stats/summary",
          "metrics",
          "description",
          "events");

  /// @param key the key of the items in it
  /// @param first true if a group of columns begins with it
  record Column(String key, ItemKind kind, String name, boolean first) {}

  /// The heading of adjacent columns.
  record Heading(String title, int width) {}

  private record Candidate(ItemKind kind, String name, int items) {}

  static NodeColumns of(List<Item> items) {
    var found = new HashMap<String, Candidate>();
    for (var item : items) {
      if (!item.node().isEmpty()) {
        found.merge(
            key(item),
            new Candidate(item.kind(), name(item), 1),
            (a, b) -> new Candidate(a.kind, a.name, a.items + b.items));
      }
    }
    var sorted =
        found.values().stream()
            .sorted(
                Comparator.comparingInt((Candidate c) -> rank(GROUPS, c.kind))
                    .thenComparingInt(c -> rank(KNOWN, c.name))
                    .thenComparing(Candidate::items, Comparator.reverseOrder())
                    .thenComparing(Candidate::name))
            .toList();
    var columns = new ArrayList<Column>();
    var present = present(items);
    var absent = new ArrayList<String>();
    var inGroup = new HashMap<String, Integer>();
    for (var candidate : sorted) {
      if (candidate.kind == ItemKind.NODE_LOGS && !present.contains(candidate.name)) {
        absent.add(candidate.name);
        continue;
      }
      int number = inGroup.merge(group(candidate.kind), 1, Integer::sum);
      if (number <= MAX_IN_GROUP) {
        columns.add(
            new Column(
                candidate.kind.label() + '\n' + candidate.name,
                candidate.kind,
                candidate.name,
                number == 1));
      }
    }
    return new NodeColumns(List.copyOf(columns), List.copyOf(absent));
  }

  /// The services that some node has: it returned lines of them, or failed to while it returned
  /// other logs. For a node without any log, its services are unknown.
  private static Set<String> present(List<Item> items) {
    var talking = new HashSet<String>();
    for (var item : items) {
      if (item.kind() == ItemKind.NODE_LOGS && isCollected(item)) {
        talking.add(item.cluster() + '/' + item.node());
      }
    }
    var present = new HashSet<>(ALWAYS);
    for (var item : items) {
      if (item.kind() == ItemKind.NODE_LOGS
          && (isCollected(item)
              || (item.outcome().leavesGap()
                  && talking.contains(item.cluster() + '/' + item.node())))) {
        present.add(name(item));
      }
    }
    return present;
  }

  private static boolean isCollected(Item item) {
    var state = ItemState.of(item.outcome());
    return state == ItemState.OK || state == ItemState.PART;
  }

  List<Heading> headings() {
    var widths = new java.util.LinkedHashMap<String, Integer>();
    columns.forEach(column -> widths.merge(group(column.kind), 1, Integer::sum));
    return widths.entrySet().stream().map(e -> new Heading(e.getKey(), e.getValue())).toList();
  }

  /// The items of one node by the column they belong to.
  static Map<String, List<Item>> byColumn(List<Item> items) {
    var byColumn = new HashMap<String, PickedList<Item>>();
    int place = 0;
    for (var item : items) {
      byColumn.computeIfAbsent(key(item), _ -> new PickedList<>(items)).pick(place++);
    }
    return Map.copyOf(byColumn);
  }

  private static String key(Item item) {
    return item.kind().label() + '\n' + name(item);
  }

  private static String name(Item item) {
    boolean own =
        (item.kind() == ItemKind.NODE_LOGS || item.kind() == ItemKind.KUBELET)
            && !item.name().isEmpty()
            && !item.name().equals(item.node());
    return own ? item.name() : ItemNames.kind(item.kind());
  }

  private static String group(ItemKind kind) {
    return switch (kind) {
      case NODE_LOGS -> "Service logs";
      case NODE_FILES -> "Files";
      case KUBELET -> "Kubelet endpoints";
      case NODE_DESCRIBE, DESCRIBE, EVENTS, CLUSTER_DUMP, POD_LOGS, API_PATHS, RUN, CLUSTER ->
          "From the API";
    };
  }

  private static <T> int rank(List<T> order, T value) {
    int rank = order.indexOf(value);
    return rank < 0 ? order.size() : rank;
  }
}
