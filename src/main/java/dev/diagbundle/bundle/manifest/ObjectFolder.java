package dev.diagbundle.bundle.manifest;

import java.util.Map;
import java.util.Optional;

/// Where the objects of a kind stand in a bundle, below `cluster-resources/`.
///
/// @param item the plural name that items of the manifest have; may lack the group if who asked did
///   not say it
/// @param folder a folder or, with `.json`, a file; ends in `.` if the group is not known
/// @param kind of one object, for example `Pod`; the plural name if it is not known
public record ObjectFolder(String item, String folder, String kind) {
  private static final String ROOT = "cluster-resources/";
  private static final String CUSTOM = "custom-resources/";

  private record Known(String group, String folder, String kind) {}

  /// The kinds that the layout has a folder for, by plural name.
  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          core("nodes", "nodes", "Node"),
          core("pods", "pods", "Pod"),
          core("events", "events", "Event"),
          core("namespaces", "namespaces", "Namespace"),
          core("persistentvolumes", "pvs", "PersistentVolume"),
          core("services", "services", "Service"),
          core("configmaps", "configmaps", "ConfigMap"),
          core("secrets", "secrets", "Secret"),
          core("persistentvolumeclaims", "pvcs", "PersistentVolumeClaim"),
          core("endpoints", "endpoints", "Endpoints"),
          core("serviceaccounts", "serviceaccounts", "ServiceAccount"),
          core("limitranges", "limitranges", "LimitRange"),
          core(
              "replicationcontrollers", CUSTOM + "replicationcontrollers", "ReplicationController"),
          core("resourcequotas", "resource-quota", "ResourceQuota"),
          known("leases", "coordination.k8s.io", "leases", "Lease"),
          known(
              "customresourcedefinitions",
              "apiextensions.k8s.io",
              "custom-resource-definitions",
              "CustomResourceDefinition"),
          known("deployments", "apps", "deployments", "Deployment"),
          known("statefulsets", "apps", "statefulsets", "StatefulSet"),
          known("daemonsets", "apps", "daemonsets", "DaemonSet"),
          known("replicasets", "apps", "replicasets", "ReplicaSet"),
          known("jobs", "batch", "jobs", "Job"),
          known("cronjobs", "batch", "cronjobs", "CronJob"),
          known("endpointslices", "discovery.k8s.io", "endpointslices", "EndpointSlice"),
          known("poddisruptionbudgets", "policy", "pod-disruption-budgets", "PodDisruptionBudget"),
          known("ingresses", "networking.k8s.io", "ingress", "Ingress"),
          known("networkpolicies", "networking.k8s.io", "network-policy", "NetworkPolicy"),
          known("ingressclasses", "networking.k8s.io", "ingress-classes", "IngressClass"),
          known("roles", "rbac.authorization.k8s.io", "roles", "Role"),
          known("rolebindings", "rbac.authorization.k8s.io", "rolebindings", "RoleBinding"),
          known("clusterroles", "rbac.authorization.k8s.io", "clusterroles", "ClusterRole"),
          known(
              "clusterrolebindings",
              "rbac.authorization.k8s.io",
              "clusterrolebindings",
              "ClusterRoleBinding"),
          known("storageclasses", "storage.k8s.io", "storage-classes", "StorageClass"),
          known("volumeattachments", "storage.k8s.io", "volumeattachments", "VolumeAttachment"),
          known("priorityclasses", "scheduling.k8s.io", "priorityclasses", "PriorityClass"),
          known(
              "certificatesigningrequests",
              "certificates.k8s.io",
              "certificatesigningrequests",
              "CertificateSigningRequest"),
          known(
              "validatingwebhookconfigurations",
              "admissionregistration.k8s.io",
              "validating-webhook-configurations",
              "ValidatingWebhookConfiguration"),
          known(
              "mutatingwebhookconfigurations",
              "admissionregistration.k8s.io",
              "mutating-webhook-configurations",
              "MutatingWebhookConfiguration"));

  /// @param name the plural name of a kind, or `plural.group`
  public static ObjectFolder of(String name) {
    int dot = name.indexOf('.');
    var plural = dot < 0 ? name : name.substring(0, dot);
    var known =
        Optional.ofNullable(KNOWN.get(plural))
            .filter(each -> dot < 0 || each.group.equals(name.substring(dot + 1)));
    if (known.isPresent()) {
      var full = known.get().group.isEmpty() ? plural : plural + "." + known.get().group;
      return new ObjectFolder(full, known.get().folder, known.get().kind);
    }
    if (name.endsWith(".metrics.k8s.io")) {
      var kind = plural.equals("pods") ? "PodMetrics" : "NodeMetrics";
      return new ObjectFolder(name, "metrics/" + plural, kind);
    }
    return new ObjectFolder(name, CUSTOM + (dot < 0 ? plural + "." : name), plural);
  }

  /// Where a bundle has them, or the beginning of that.
  public String path() {
    return ROOT + folder;
  }

  /// Whether a file holds such objects.
  ///
  /// @param path below `cluster-resources/`
  public boolean holds(String path) {
    if (!path.startsWith(folder) || !path.endsWith(".json")) {
      return false;
    }
    var rest = path.substring(folder.length(), path.length() - ".json".length());
    return folder.endsWith(".")
        ? rest.indexOf('/') == rest.lastIndexOf('/')
        : rest.isEmpty() || (rest.startsWith("/") && rest.indexOf('/', 1) < 0);
  }

  private static Map.Entry<String, Known> core(String plural, String folder, String kind) {
    return Map.entry(plural, new Known("", folder, kind));
  }

  private static Map.Entry<String, Known> known(
      String plural, String group, String folder, String kind) {
    return Map.entry(plural, new Known(group, folder, kind));
  }
}
