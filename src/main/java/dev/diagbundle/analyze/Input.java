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
