package dev.diagbundle.report.cluster;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.report.collection.FilesSection;
import dev.diagbundle.report.collection.GapCause;
import dev.diagbundle.report.collection.Gaps;
import dev.diagbundle.report.collection.ItemState;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.input.BundleFiles;

/// The cells of the table of nodes: each sums up the items of one node in one column.
record NodeCells(BundleFiles files, Gaps gaps, FilesSection folders, NodeColumns columns) {
  /// One cell for each column, linked to the file, to the folder or to the reason.
  List<NodesSection.Cell> of(List<Item> items) {
    return cells(items, true);
  }

  /// The cells as in [#of], for the items of many nodes: there is no single place to link to.
  List<NodesSection.Cell> sum(List<Item> items) {
    return cells(items, false);
  }

  private List<NodesSection.Cell> cells(List<Item> items, boolean linked) {
    var byColumn = NodeColumns.byColumn(items);
    return columns.columns().stream()
        .map(column -> cell(byColumn.getOrDefault(column.key(), List.of()), linked, column.first()))
        .toList();
  }

  private NodesSection.Cell cell(List<Item> items, boolean linked, boolean first) {
    if (items.isEmpty()) {
      return new NodesSection.Cell(ItemState.NA, "", Optional.empty(), first);
    }
    var state = state(items);
    Optional<Entry> begin = Optional.empty();
    int count = 0;
    long bytes = 0;
    for (Item item : items) {
      for (Entry entry : files.entriesOf(item.id())) {
        begin = begin.or(() -> Optional.of(entry));
        count++;
        bytes += entry.bytes();
      }
    }
    if (begin.isEmpty()) {
      return withoutFile(items, state, linked, first);
    }
    return new NodesSection.Cell(
        state,
        NodesSection.size(bytes),
        linked ? Optional.of(target(begin.get(), count)) : Optional.empty(),
        first);
  }

  private NodesSection.Cell withoutFile(
      List<Item> items, ItemState state, boolean linked, boolean first) {
    var worst =
        items.stream()
            .filter(item -> ItemState.of(item.outcome()) != ItemState.OK)
            .max(java.util.Comparator.comparing(item -> item.outcome().leavesGap()));
    return new NodesSection.Cell(
        state,
        worst.map(item -> GapCause.of(item).word()).orElse("empty"),
        linked ? worst.map(gaps::explanation) : Optional.empty(),
        first);
  }

  /// The link target: a folder if there are several files, as far as the page lists it.
  private Href target(Entry begin, int count) {
    if (count == 1) {
      return Href.entry(begin.path());
    }
    return folders.anchor(begin).orElseGet(() -> Href.entry(begin.path()));
  }

  private static ItemState state(List<Item> items) {
    var states = EnumSet.noneOf(ItemState.class);
    items.forEach(item -> states.add(ItemState.of(item.outcome())));
    if (states.contains(ItemState.PART)
        || (states.contains(ItemState.MISS) && states.contains(ItemState.OK))) {
      return ItemState.PART;
    }
    if (states.contains(ItemState.MISS)) {
      return ItemState.MISS;
    }
    return states.contains(ItemState.OK) ? ItemState.OK : ItemState.NA;
  }
}
