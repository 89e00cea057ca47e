package dev.diagbundle.collect.inventory;

import module java.base;

import dev.diagbundle.cluster.Request;
import dev.diagbundle.model.EntryPath;
import java.util.Collection;

/// One type of API objects, with the location of its lists in the bundle: the names are those of
/// the Troubleshoot project's layout, so that its readers open our bundles.
///
/// @param group of the API; empty for the core group
/// @param version of the API
/// @param plural name in paths
/// @param kind of one object
/// @param namespaced true if objects are in namespaces
/// @param folder below `cluster-resources/`; empty for kinds that the layout has no name for, which
///   are stored with the custom resources, as a bare array
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced, String folder) {
  public static final ResourceType NODES = cluster("", "v1", "nodes", "Node", "nodes");
  public static final ResourceType PODS = namespaced("", "v1", "pods", "Pod", "pods");
  public static final ResourceType EVENTS = namespaced("", "v1", "events", "Event", "events");

  /// The type of the same objects as [#EVENTS], in another API group.
  public static final ResourceType NEW_EVENTS =
      namespaced("events.k8s.io", "v1", "events", "Event", "events");

  public static final ResourceType LEASES =
      namespaced("coordination.k8s.io", "v1", "leases", "Lease", "leases");
  public static final ResourceType CRDS =
      cluster(
          "apiextensions.k8s.io",
          "v1",
          "customresourcedefinitions",
          "CustomResourceDefinition",
          "custom-resource-definitions");

  static final ResourceType REPLICA_SETS =
      namespaced("apps", "v1", "replicasets", "ReplicaSet", "replicasets");
  static final ResourceType JOBS = namespaced("batch", "v1", "jobs", "Job", "jobs");
  static final ResourceType ENDPOINT_SLICES =
      namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", "endpointslices");

  private static final Map<String, ResourceType> KNOWN = known();

  /// The current usage of nodes and pods, from the metrics server if there is one. Their plural
  /// names alone mean the nodes and pods themselves.
  private static final List<ResourceType> USAGE =
      List.of(
          cluster("metrics.k8s.io", "v1beta1", "nodes", "NodeMetrics", "metrics/nodes"),
          namespaced("metrics.k8s.io", "v1beta1", "pods", "PodMetrics", "metrics/pods"));

  /// The well-known type of this plural name, or of `plural.group`.
  public static Optional<ResourceType> known(String name) {
    int dot = name.indexOf('.');
    return Optional.ofNullable(KNOWN.get(dot < 0 ? name : name.substring(0, dot)))
        .filter(type -> dot < 0 || type.group().equals(name.substring(dot + 1)))
        .or(() -> USAGE.stream().filter(type -> type.name().equals(name)).findFirst());
  }

  /// The well-known types.
  static Collection<ResourceType> wellKnown() {
    return KNOWN.values();
  }

  /// Returns whether it is the same type in the same version, regardless of its location in the
  /// bundle.
  public boolean isSameAs(ResourceType other) {
    return name().equals(other.name()) && version.equals(other.version());
  }

  /// `plural`, or `plural.group` outside the core group.
  public String name() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The path of the collection.
  ///
  /// @param namespace empty for all namespaces and for types that have none
  public String path(String namespace) {
    var base =
        group.isEmpty()
            ? "/api/" + Request.segment(version)
            : "/apis/" + Request.segment(group) + "/" + Request.segment(version);
    var scope = namespace.isEmpty() ? "" : "/namespaces/" + Request.segment(namespace);
    return base + scope + "/" + Request.segment(plural);
  }

  /// The entry of the list of one namespace; of all objects, if the type has no namespaces.
  EntryPath entry(String namespace) {
    var root = EntryPath.of("cluster-resources");
    if (isBareArray()) {
      var custom = root.child("custom-resources");
      return namespaced
          ? custom.child(name()).child(namespace + ".json")
          : custom.child(name() + ".json");
    }
    return namespaced
        ? root.descend(folder).child(namespace + ".json")
        : root.descend(folder + ".json");
  }

  boolean isBareArray() {
    return folder.isEmpty();
  }

  private static ResourceType cluster(
      String group, String version, String plural, String kind, String folder) {
    return new ResourceType(group, version, plural, kind, false, folder);
  }

  private static ResourceType namespaced(
      String group, String version, String plural, String kind, String folder) {
    return new ResourceType(group, version, plural, kind, true, folder);
  }

  private static Map<String, ResourceType> known() {
    var rbac = "rbac.authorization.k8s.io";
    var storage = "storage.k8s.io";
    var net = "networking.k8s.io";
    var admission = "admissionregistration.k8s.io";
    var types = new LinkedHashMap<String, ResourceType>();
    for (ResourceType type :
        new ResourceType[] {
          NODES,
          PODS,
          EVENTS,
          LEASES,
          CRDS,
          cluster("", "v1", "namespaces", "Namespace", "namespaces"),
          cluster("", "v1", "persistentvolumes", "PersistentVolume", "pvs"),
          namespaced("", "v1", "services", "Service", "services"),
          namespaced("", "v1", "configmaps", "ConfigMap", "configmaps"),
          namespaced("", "v1", "secrets", "Secret", "secrets"),
          namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", "pvcs"),
          namespaced("", "v1", "endpoints", "Endpoints", "endpoints"),
          namespaced("", "v1", "serviceaccounts", "ServiceAccount", "serviceaccounts"),
          namespaced("", "v1", "limitranges", "LimitRange", "limitranges"),
          namespaced("", "v1", "resourcequotas", "ResourceQuota", "resource-quota"),
          namespaced("", "v1", "replicationcontrollers", "ReplicationController", ""),
          namespaced("apps", "v1", "deployments", "Deployment", "deployments"),
          namespaced("apps", "v1", "statefulsets", "StatefulSet", "statefulsets"),
          namespaced("apps", "v1", "daemonsets", "DaemonSet", "daemonsets"),
          REPLICA_SETS,
          namespaced("apps", "v1", "controllerrevisions", "ControllerRevision", ""),
          JOBS,
          namespaced("batch", "v1", "cronjobs", "CronJob", "cronjobs"),
          namespaced(
              "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", ""),
          ENDPOINT_SLICES,
          namespaced(
              "policy",
              "v1",
              "poddisruptionbudgets",
              "PodDisruptionBudget",
              "pod-disruption-budgets"),
          namespaced(net, "v1", "ingresses", "Ingress", "ingress"),
          namespaced(net, "v1", "networkpolicies", "NetworkPolicy", "network-policy"),
          cluster(net, "v1", "ingressclasses", "IngressClass", "ingress-classes"),
          namespaced(rbac, "v1", "roles", "Role", "roles"),
          namespaced(rbac, "v1", "rolebindings", "RoleBinding", "rolebindings"),
          cluster(rbac, "v1", "clusterroles", "ClusterRole", "clusterroles"),
          cluster(rbac, "v1", "clusterrolebindings", "ClusterRoleBinding", "clusterrolebindings"),
          cluster(storage, "v1", "storageclasses", "StorageClass", "storage-classes"),
          cluster(storage, "v1", "volumeattachments", "VolumeAttachment", "volumeattachments"),
          cluster(storage, "v1", "csidrivers", "CSIDriver", ""),
          cluster(storage, "v1", "csinodes", "CSINode", ""),
          namespaced(storage, "v1", "csistoragecapacities", "CSIStorageCapacity", ""),
          cluster("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", "priorityclasses"),
          cluster("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", ""),
          cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService", ""),
          cluster(
              "certificates.k8s.io",
              "v1",
              "certificatesigningrequests",
              "CertificateSigningRequest",
              "certificatesigningrequests"),
          cluster(
              admission,
              "v1",
              "validatingwebhookconfigurations",
              "ValidatingWebhookConfiguration",
              "validating-webhook-configurations"),
          cluster(
              admission,
              "v1",
              "mutatingwebhookconfigurations",
              "MutatingWebhookConfiguration",
              "mutating-webhook-configurations"),
        }) {
      types.put(type.plural(), type);
    }
    return types;
  }
}
