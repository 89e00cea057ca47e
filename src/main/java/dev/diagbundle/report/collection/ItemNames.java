package dev.diagbundle.report.collection;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.report.html.TextFormat;

/// Items in a reader's words: profiles say `nodeLogs`, the page says "service log".
public final class ItemNames {
  private ItemNames() {}

  /// `rig-2 service log kubelet`.
  static String title(Item item) {
    return item.cluster().isEmpty() ? within(item) : item.cluster() + "  " + within(item);
  }

  private static String within(Item item) {
    var title = item.node().isEmpty() ? kind(item.kind()) : item.node() + "  " + kind(item.kind());
    return item.name().isEmpty() || item.name().equals(item.node())
        ? title
        : title + " " + item.name();
  }

  /// One item of the kind.
  public static String kind(String kind) {
    return switch (kind) {
      case "nodeLogs" -> "service log";
      case "nodeFiles" -> "files";
      case "kubelet" -> "kubelet endpoint";
      case "nodeDescribe" -> "description";
      case "describe" -> "descriptions of";
      case "events" -> "events";
      case "clusterDump" -> "objects";
      case "podLogs" -> "container log";
      case "apiPaths" -> "API path";
      default -> kind;
    };
  }

  /// `4 service logs`.
  static String counted(int count, String kind) {
    return switch (kind) {
      case "nodeFiles" -> TextFormat.count(count, "set of files", "sets of files");
      case "describe" -> TextFormat.count(count, "set of descriptions", "sets of descriptions");
      case "events" -> TextFormat.count(count, "list of events", "lists of events");
      case "clusterDump" -> TextFormat.count(count, "list of objects", "lists of objects");
      default -> TextFormat.count(count, kind(kind));
    };
  }
}
