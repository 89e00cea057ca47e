package dev.diagbundle.model.checks;

import module java.base;

/// A kind of logs in a bundle, by the item that collects it.
public enum LogKind {
  POD_LOGS("podLogs", "cluster-resources/pods/logs/", "**"),
  NODE_LOGS("nodeLogs", "nodes/", "*/services/**"),
  NODE_FILES("nodeFiles", "nodes/", "*/files/**");

  private final String label;
  private final String folder;
  private final String below;

  LogKind(String label, String folder, String below) {
    this.label = label;
    this.folder = folder;
    this.below = below;
  }

  /// The name in profiles, for example `podLogs`.
  public String label() {
    return label;
  }

  /// A glob over paths in a bundle.
  public String paths() {
    return folder + below;
  }

  /// The kind of this label; empty if there is none.
  public static Optional<LogKind> of(String label) {
    return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Stream.of(values()).map(LogKind::label).toList();
  }
}
