package dev.diagbundle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A kind that a usual cluster serves, and where a bundle has its objects.
///
/// @param group with its version, as in `apps/v1`; `v1` for the core group
/// @param folder below `cluster-resources/`
record ServedKind(String group, String plural, String kind, boolean namespaced, String folder)
    implements Comparable<ServedKind> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<ServedKind> ALL =
      """
      v1 nodes Node cluster nodes
      v1 namespaces Namespace cluster namespaces
      v1 pods Pod namespace pods
      v1 events Event namespace events
      v1 services Service namespace services
      v1 configmaps ConfigMap namespace configmaps
      v1 secrets Secret namespace secrets
      v1 serviceaccounts ServiceAccount namespace serviceaccounts
      v1 resourcequotas ResourceQuota namespace resource-quota
      v1 limitranges LimitRange namespace limitranges
      v1 persistentvolumeclaims PersistentVolumeClaim namespace pvcs
      v1 persistentvolumes PersistentVolume cluster pvs
      apps/v1 deployments Deployment namespace deployments
      apps/v1 replicasets ReplicaSet namespace replicasets
      apps/v1 statefulsets StatefulSet namespace statefulsets
      apps/v1 daemonsets DaemonSet namespace daemonsets
      batch/v1 jobs Job namespace jobs
      batch/v1 cronjobs CronJob namespace cronjobs
      autoscaling/v2 horizontalpodautoscalers HorizontalPodAutoscaler namespace -
      policy/v1 poddisruptionbudgets PodDisruptionBudget namespace pod-disruption-budgets
      scheduling.k8s.io/v1 priorityclasses PriorityClass cluster priorityclasses
      coordination.k8s.io/v1 leases Lease namespace leases
      discovery.k8s.io/v1 endpointslices EndpointSlice namespace endpointslices
      networking.k8s.io/v1 ingresses Ingress namespace ingress
      networking.k8s.io/v1 ingressclasses IngressClass cluster ingress-classes
      networking.k8s.io/v1 networkpolicies NetworkPolicy namespace network-policy
      storage.k8s.io/v1 storageclasses StorageClass cluster storage-classes
      storage.k8s.io/v1 volumeattachments VolumeAttachment cluster volumeattachments
      storage.k8s.io/v1 csidrivers CSIDriver cluster -
      storage.k8s.io/v1 csinodes CSINode cluster -
      apiregistration.k8s.io/v1 apiservices APIService cluster -
      admissionregistration.k8s.io/v1 validatingwebhookconfigurations \
      ValidatingWebhookConfiguration cluster validating-webhook-configurations
      admissionregistration.k8s.io/v1 mutatingwebhookconfigurations \
      MutatingWebhookConfiguration cluster mutating-webhook-configurations
      certificates.k8s.io/v1 certificatesigningrequests CertificateSigningRequest cluster \
      certificatesigningrequests
      metrics.k8s.io/v1beta1 nodes NodeMetrics cluster -
      metrics.k8s.io/v1beta1 pods PodMetrics namespace -
      apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition cluster -
      """
          .lines()
          .map(line -> line.split(" "))
          .map(word ->
              new ServedKind(word[0], word[1], word[2], word[3].equals("namespace"), word[4]))
          .toList();

  /// The kind of the objects in a file.
  ///
  /// @param path below `cluster-resources/`
  static ServedKind ofPath(String path) {
    return ALL.stream()
        .filter(kind ->
            path.equals(kind.folder + ".json")
                || path.startsWith(kind.folder + "/")
                || path.startsWith("custom-resources/" + kind.plural + "."))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(path));
  }

  /// The name of the file in the replayed data.
  String fileName() {
    return group.contains("/")
        ? plural + "." + group.substring(0, group.indexOf('/')) + ".json"
        : plural + ".json";
  }

  /// Writes what the API server says of the kinds of its groups.
  static void writeDiscovery(Path folder, Predicate<String> isServed) throws IOException {
    var groups = new LinkedHashMap<String, ObjectNode>();
    for (ServedKind kind : ALL) {
      int end = kind.group.indexOf('/');
      if (end > 0 && !isServed.test(kind.group.substring(0, end))) {
        continue;
      }
      var list = groups.computeIfAbsent(kind.group, _ -> JSON.createObjectNode());
      list.put("kind", "APIResourceList").put("groupVersion", kind.group);
      var resource = list.withArrayProperty("resources").addObject();
      resource.put("name", kind.plural).put("kind", kind.kind).put("namespaced", kind.namespaced);
      resource.putArray("verbs").add("get").add("list");
    }
    var answers = Files.createDirectories(folder.resolve("answers"));
    var named = JSON.createObjectNode().put("kind", "APIGroupList");
    for (Map.Entry<String, ObjectNode> each : groups.entrySet()) {
      var group = each.getKey();
      var file = answers.resolve((group.contains("/") ? "apis/" : "api/") + group + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue().toString());
      if (group.contains("/")) {
        int slash = group.indexOf('/');
        var version =
            JSON.createObjectNode()
                .put("groupVersion", group)
                .put("version", group.substring(slash + 1));
        var one = named.withArrayProperty("groups").addObject();
        one.put("name", group.substring(0, slash));
        one.putArray("versions").add(version);
        one.set("preferredVersion", version);
      }
    }
    Files.writeString(answers.resolve("apis.json"), named.toString());
    Files.writeString(
        answers.resolve("api.json"), "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
  }

  @Override
  public int compareTo(ServedKind other) {
    return fileName().compareTo(other.fileName());
  }
}
