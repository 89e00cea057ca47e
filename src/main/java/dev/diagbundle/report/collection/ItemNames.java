package dev.diagbundle.report.collection;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.report.html.TextFormat;

/// The display names of items: `nodeLogs` in profiles is "service log" in the page.
public final class ItemNames {
  private ItemNames() {}

  /// The title of an item: `rig-2 service log kubelet`.
  static String title(Item item) {
    return item.cluster().isEmpty() ? within(item) : item.cluster() + "  " + within(item);
  }

  private static String within(Item item) {
    var title = item.node().isEmpty() ? kind(item.kind()) : item.node() + "  " + kind(item.kind());
    return item.name().isEmpty() || item.name().equals(item.node())
        ? title
        : title + " " + item.name();
  }

  /// The noun for one item of the kind.
  public static String kind(ItemKind kind) {
    return switch (kind) {
      case NODE_LOGS -> "service log";
      case NODE_FILES -> "files";
      case KUBELET -> "kubelet endpoint";
      case NODE_DESCRIBE -> "description";
      case DESCRIBE -> "descriptions of";
      case EVENTS -> "events";
      case CLUSTER_DUMP -> "objects";
      case POD_LOGS -> "container log";
      case API_PATHS -> "API path";
      case RUN -> "file of the run";
      case CLUSTER -> "cluster";
    };
  }

  /// A number of items of the kind: `4 service logs`.
  static String counted(int count, ItemKind kind) {
    return switch (kind) {
      case NODE_FILES -> TextFormat.count(count, "set of files", "sets of files");
      case DESCRIBE -> TextFormat.count(count, "set of descriptions", "sets of descriptions");
      case EVENTS -> TextFormat.count(count, "list of events", "lists of events");
      case CLUSTER_DUMP -> TextFormat.count(count, "list of objects", "lists of objects");
      case NODE_LOGS, KUBELET, NODE_DESCRIBE, POD_LOGS, API_PATHS, CLUSTER ->
          TextFormat.count(count, kind(kind));
      case RUN -> TextFormat.count(count, "file of the run", "files of the run");
    };
  }
}
