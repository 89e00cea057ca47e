package dev.diagbundle.bundle.manifest;

import module java.base;

/// The location of the objects of a kind in a bundle, below `cluster-resources/`.
///
/// @param item the plural name that items of the manifest have; may lack the group if the request
///   did not specify it
/// @param folder a folder or, with `.json`, a file; ends in `.` if the group is not known
/// @param kind of one object, for example `Pod`; the plural name if it is not known
public record ObjectFolder(String item, String folder, String kind) {
  private static final String ROOT = "cluster-resources/";
  private static final String CUSTOM = "custom-resources/";

  private record Known(String group, String folder, String kind) {}

  /// The kinds with a folder in the layout, by plural name: the name, its API group, its folder,
  /// and the kind of one object.
  private static final Map<String, Known> KNOWN =
      """
      nodes - nodes Node
      pods - pods Pod
      events - events Event
      namespaces - namespaces Namespace
      persistentvolumes - pvs PersistentVolume
      services - services Service
      configmaps - configmaps ConfigMap
      secrets - secrets Secret
      persistentvolumeclaims - pvcs PersistentVolumeClaim
      endpoints - endpoints Endpoints
      serviceaccounts - serviceaccounts ServiceAccount
      limitranges - limitranges LimitRange
      replicationcontrollers - custom-resources/replicationcontrollers ReplicationController
      resourcequotas - resource-quota ResourceQuota
      leases coordination.k8s.io leases Lease
      customresourcedefinitions apiextensions.k8s.io custom-resource-definitions CustomResourceDefinition
      deployments apps deployments Deployment
      statefulsets apps statefulsets StatefulSet
      daemonsets apps daemonsets DaemonSet
      replicasets apps replicasets ReplicaSet
      jobs batch jobs Job
      cronjobs batch cronjobs CronJob
      endpointslices discovery.k8s.io endpointslices EndpointSlice
      poddisruptionbudgets policy pod-disruption-budgets PodDisruptionBudget
      ingresses networking.k8s.io ingress Ingress
      networkpolicies networking.k8s.io network-policy NetworkPolicy
      ingressclasses networking.k8s.io ingress-classes IngressClass
      roles rbac.authorization.k8s.io roles Role
      rolebindings rbac.authorization.k8s.io rolebindings RoleBinding
      clusterroles rbac.authorization.k8s.io clusterroles ClusterRole
      clusterrolebindings rbac.authorization.k8s.io clusterrolebindings ClusterRoleBinding
      storageclasses storage.k8s.io storage-classes StorageClass
      volumeattachments storage.k8s.io volumeattachments VolumeAttachment
      priorityclasses scheduling.k8s.io priorityclasses PriorityClass
      certificatesigningrequests certificates.k8s.io certificatesigningrequests CertificateSigningRequest
      validatingwebhookconfigurations admissionregistration.k8s.io validating-webhook-configurations ValidatingWebhookConfiguration
      mutatingwebhookconfigurations admissionregistration.k8s.io mutating-webhook-configurations MutatingWebhookConfiguration
      """
          .lines()
          .map(line -> line.split(" ", -1))
          .collect(
              Collectors.toUnmodifiableMap(
                  row -> row[0],
                  row -> new Known(row[1].equals("-") ? "" : row[1], row[2], row[3])));

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

  /// The path of the objects in a bundle, or the beginning of that path.
  public String path() {
    return ROOT + folder;
  }

  /// Returns whether a file contains such objects.
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
}
