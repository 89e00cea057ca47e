package dev.diagbundle.model;

/// The kind of an item of a run: most are kinds of a profile's `collect` list.
public enum ItemKind {
  /// Logs of services of a node, through the log query of its kubelet.
  NODE_LOGS("nodeLogs"),
  /// Files below the log folder of a node.
  NODE_FILES("nodeFiles"),
  /// Endpoints of a kubelet.
  KUBELET("kubelet"),
  /// The text of `kubectl describe node`.
  NODE_DESCRIBE("nodeDescribe"),
  /// The texts of `kubectl describe` of other objects.
  DESCRIBE("describe"),
  EVENTS("events"),
  /// API objects.
  CLUSTER_DUMP("clusterDump"),
  /// Logs of containers.
  POD_LOGS("podLogs"),
  /// Paths of the API server.
  API_PATHS("apiPaths"),
  /// A file of the run itself, such as `requests.jsonl`.
  RUN("run"),
  /// A cluster as a whole, of which nothing was collected.
  CLUSTER("cluster");

  private final String label;

  ItemKind(String label) {
    this.label = label;
  }

  /// The spelling in profiles and manifests, for example `nodeLogs`.
  public String label() {
    return label;
  }

  /// The kind with this spelling.
  ///
  /// @throws IllegalArgumentException if there is none
  public static ItemKind ofLabel(String label) {
    for (ItemKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of item: " + label);
  }
}
