package dev.diagbundle.serve;

/// A resource type, as named in discovery.
///
/// @param group empty for the core group
/// @param plural the name in URLs, for example `pods`
record ObjectKind(String group, String version, String plural, String kind, boolean namespaced) {
  static final ObjectKind NODES = new ObjectKind("", "v1", "nodes", "Node", false);
  static final ObjectKind PODS = new ObjectKind("", "v1", "pods", "Pod", true);

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The new events API shows the objects of the old one.
  boolean isNewEvent() {
    return plural.equals("events") && group.equals("events.k8s.io");
  }

  /// The file below `objects/` that holds them.
  String fileName() {
    return (group.isEmpty() || isNewEvent() ? plural : plural + "." + group) + ".json";
  }
}
