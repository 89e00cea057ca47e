package dev.diagbundle.analyze;

/// Something of a bundle that a check needs to say that all is well.
///
/// @param name in words, for example `pods`
/// @param item the beginning of the ids of the manifest's items that bring it
/// @param path where it lies: a folder (ends in `/`), or a file
public record Input(String name, String item, String path) {
  public static final Input NODES = objects("nodes", "nodes", "nodes.json");
  public static final Input PODS = objects("pods", "pods", "pods/");
  public static final Input SERVICES = objects("services", "services", "services/");
  public static final Input ENDPOINT_SLICES =
      objects("endpoint slices", "endpointslices", "endpointslices/");
  public static final Input LEASES = objects("leases", "leases", "leases/");
  public static final Input EVENTS =
      new Input("events", "events/events", "cluster-resources/events/");

  /// The configuration of kubelets, which their nodes' proxy serves.
  public static final Input CONFIGZ = new Input("kubelet configuration", "kubelet/", "nodes/");

  public static final Input CLAIMS = objects("volume claims", "persistentvolumeclaims", "pvcs/");
  public static final Input VOLUMES = objects("volumes", "persistentvolumes", "pvs.json");
  public static final Input STORAGE_CLASSES =
      objects("storage classes", "storageclasses", "storage-classes.json");
  public static final Input DEPLOYMENTS = objects("deployments", "deployments", "deployments/");
  public static final Input REPLICA_SETS = objects("replica sets", "replicasets", "replicasets/");
  public static final Input STATEFUL_SETS =
      objects("stateful sets", "statefulsets", "statefulsets/");
  public static final Input DAEMON_SETS = objects("daemon sets", "daemonsets", "daemonsets/");
  public static final Input JOBS = objects("jobs", "jobs", "jobs/");

  /// The record of what was asked; every collection has one.
  public static final Input REQUESTS = new Input("requests", "", "requests.jsonl");

  /// Objects of a kind.
  ///
  /// @param resource the plural name of the kind, for example `persistentvolumeclaims`
  /// @param path where they lie below `cluster-resources/`: `pvcs/`, or a file
  public static Input objects(String name, String resource, String path) {
    return new Input(name, "clusterDump/" + resource, "cluster-resources/" + path);
  }
}
