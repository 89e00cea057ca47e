package dev.diagbundle.report;

import dev.diagbundle.bundle.Item;

/// Items in a reader's words: profiles say `nodeLogs`, the page says "service log".
final class ItemWords {
  private ItemWords() {}

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
  static String kind(String kind) {
    return switch (kind) {
      case "nodeLogs" -> "service log";
      case "nodeFiles" -> "files";
      case "kubelet" -> "kubelet endpoint";
      case "nodeDescribe" -> "description";
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
      case "nodeFiles" -> Wording.count(count, "set of files", "sets of files");
      case "events" -> Wording.count(count, "list of events", "lists of events");
      case "clusterDump" -> Wording.count(count, "list of objects", "lists of objects");
      default -> Wording.count(count, kind(kind));
    };
  }
}
