package dev.diagbundle.findings;

/// An input from a bundle that a check needs for a clear verdict.
///
/// @param name its name in words, for example `pods`
/// @param item the prefix of the ids of the manifest's items that provide it
/// @param path its path: a folder (ends in `/`), or a file
public record CheckInput(String name, String item, String path) {
  public static final CheckInput NODES = objects("nodes", "nodes", "nodes.json");
  public static final CheckInput PODS = objects("pods", "pods", "pods/");
  public static final CheckInput SERVICES = objects("services", "services", "services/");
  public static final CheckInput ENDPOINT_SLICES =
      objects("endpoint slices", "endpointslices", "endpointslices/");
  public static final CheckInput LEASES = objects("leases", "leases", "leases/");
  public static final CheckInput EVENTS =
      new CheckInput("events", "events/events", "cluster-resources/events/");

  /// The configuration of kubelets, served by the proxy of their nodes.
  public static final CheckInput CONFIGZ =
      new CheckInput("kubelet configuration", "kubelet/", "nodes/");

  public static final CheckInput CLAIMS =
      objects("volume claims", "persistentvolumeclaims", "pvcs/");
  public static final CheckInput VOLUMES = objects("volumes", "persistentvolumes", "pvs.json");
  public static final CheckInput STORAGE_CLASSES =
      objects("storage classes", "storageclasses", "storage-classes.json");
  public static final CheckInput DEPLOYMENTS =
      objects("deployments", "deployments", "deployments/");
  public static final CheckInput REPLICA_SETS =
      objects("replica sets", "replicasets", "replicasets/");
  public static final CheckInput STATEFUL_SETS =
      objects("stateful sets", "statefulsets", "statefulsets/");
  public static final CheckInput DAEMON_SETS = objects("daemon sets", "daemonsets", "daemonsets/");
  public static final CheckInput JOBS = objects("jobs", "jobs", "jobs/");

  /// The log of all requests; every collection has one.
  public static final CheckInput REQUESTS = new CheckInput("requests", "", "requests.jsonl");

  /// Objects of a kind.
  ///
  /// @param resource the plural name of the kind, for example `persistentvolumeclaims`
  /// @param path their path below `cluster-resources/`: `pvcs/`, or a file
  public static CheckInput objects(String name, String resource, String path) {
    return new CheckInput(name, "clusterDump/" + resource, "cluster-resources/" + path);
  }
}
