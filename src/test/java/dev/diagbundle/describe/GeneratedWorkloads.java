package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import java.util.List;
import java.util.Map;

/// Workloads, Services and claims with any of what they may have.
record GeneratedWorkloads(Dice dice) {
  Map<String, Object> deployment(String namespace, String name, Map<String, Object> selector) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec",
            object(
                "replicas", dice.number(9),
                "selector", selector,
                "minReadySeconds", dice.maybe(() -> dice.number(9)),
                "strategy",
                    dice.one(
                        List.of(
                            object("type", "Recreate"),
                            object(
                                "type",
                                "RollingUpdate",
                                "rollingUpdate",
                                object("maxUnavailable", "25%", "maxSurge", dice.number(3))))),
                "template", template()),
        "status",
            object(
                "replicas", dice.maybe(() -> dice.number(9)),
                "updatedReplicas", dice.number(9),
                "availableReplicas", dice.number(9),
                "unavailableReplicas", dice.number(9),
                "conditions", conditions()));
  }

  /// @param template of its own, or its Deployment's
  Map<String, Object> replicaSet(String namespace, String name, Object template) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec", object("replicas", dice.number(9), "selector", Map.of(), "template", template),
        "status", object("replicas", dice.number(9), "conditions", conditions()));
  }

  Map<String, Object> statefulSet(String namespace, String name) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec",
            object(
                "replicas", dice.number(9),
                "serviceName", "s",
                "selector", Map.of(),
                "template", template(),
                "updateStrategy",
                    object(
                        "type", dice.one(List.of("OnDelete", "RollingUpdate")),
                        "rollingUpdate",
                            dice.maybe(() ->
                                object(
                                    "partition", dice.maybe(() -> dice.number(3)),
                                    "maxUnavailable", dice.maybe(() -> "30%")))),
                "volumeClaimTemplates",
                    dice.some(
                        2,
                        () ->
                            object(
                                "metadata",
                                    object(
                                        "name", dice.word(),
                                        "labels", dice.labels(2),
                                        "annotations", dice.labels(2)),
                                "spec", new GeneratedVolumes(dice).claimSpec()))),
        "status", object("replicas", dice.number(9)));
  }

  Map<String, Object> daemonSet(String namespace, String name) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec", object("selector", Map.of(), "template", template()),
        "status",
            object(
                "desiredNumberScheduled", dice.number(9),
                "currentNumberScheduled", dice.number(9),
                "updatedNumberScheduled", dice.maybe(() -> dice.number(9)),
                "numberAvailable", dice.number(9),
                "numberMisscheduled", dice.number(9)));
  }

  Map<String, Object> job(String namespace, String name) {
    var spec = jobSpec();
    spec.put("selector", dice.selector());
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec", spec,
        "status",
            object(
                "startTime", dice.maybe(() -> "2026-01-02T03:04:05Z"),
                "completionTime", dice.maybe(() -> "2026-01-02T07:14:05Z"),
                "active", dice.number(9),
                "ready", dice.maybe(() -> dice.number(9)),
                "succeeded", dice.number(9),
                "failed", dice.maybe(() -> dice.number(9)),
                "completedIndexes",
                    dice.one(List.of("", "1,3-5", "0-9,".repeat(12) + "50-60,70,80"))));
  }

  Map<String, Object> cronJob(String namespace, String name) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec",
            object(
                "schedule", "*/5 * * * *",
                "concurrencyPolicy", "Forbid",
                "suspend", dice.maybe(() -> dice.once(2)),
                "timeZone", dice.minor() >= 36 ? dice.maybe(() -> "Europe/Vienna") : null,
                "successfulJobsHistoryLimit", dice.maybe(() -> dice.number(5)),
                "failedJobsHistoryLimit", dice.maybe(() -> dice.number(5)),
                "startingDeadlineSeconds", dice.maybe(() -> dice.number(500)),
                "jobTemplate", object("spec", jobSpec())),
        "status",
            object(
                "lastScheduleTime", dice.maybe(dice::time),
                "active", dice.some(3, () -> object("name", dice.word()))));
  }

  private Map<String, Object> jobSpec() {
    return object(
        "parallelism", dice.maybe(() -> dice.number(9)),
        "completions", dice.maybe(() -> dice.number(9)),
        "completionMode", dice.maybe(() -> dice.one(List.of("Indexed", "NonIndexed"))),
        "suspend", dice.maybe(() -> dice.once(2)),
        "backoffLimit", dice.maybe(() -> dice.number(9)),
        "ttlSecondsAfterFinished", dice.maybe(() -> dice.number(900)),
        "activeDeadlineSeconds", dice.maybe(() -> dice.number(900)),
        "selector", dice.maybe(dice::selector),
        "template", template());
  }

  Map<String, Object> service(String namespace, String name) {
    return object(
        "metadata", dice.metadata(namespace, name),
        "spec",
            object(
                "type", dice.one(List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")),
                "selector", dice.labels(2),
                "ipFamilyPolicy", dice.maybe(() -> "PreferDualStack"),
                "ipFamilies", dice.some(2, () -> "IPv6"),
                "clusterIP", dice.one(List.of("None", "10.96.0.1", "")),
                "clusterIPs", dice.some(2, () -> "fd00::1"),
                "externalIPs", dice.some(2, () -> "1.2.3.4"),
                "loadBalancerIP", dice.maybe(() -> "1.2.3.5"),
                "externalName", dice.maybe(dice::word),
                "ports", dice.some(3, this::port),
                "sessionAffinity", "ClientIP",
                "externalTrafficPolicy", dice.maybe(() -> "Local"),
                "internalTrafficPolicy", dice.maybe(() -> "Cluster"),
                "healthCheckNodePort", dice.maybe(() -> 30_000 + dice.number(9)),
                "loadBalancerSourceRanges", dice.some(2, () -> "10.0.0.0/8"),
                "trafficDistribution", dice.minor() >= 34 ? dice.maybe(dice::word) : null),
        "status",
            object(
                "loadBalancer",
                object(
                    "ingress",
                    dice.some(
                        2,
                        () ->
                            object(
                                "ip", dice.maybe(() -> "5.6.7.8"),
                                "ipMode", dice.maybe(() -> "VIP"),
                                "hostname", dice.maybe(dice::word))))));
  }

  private Map<String, Object> port() {
    return object(
        "name", dice.one(List.of("", "http", "metrics")),
        "port", 1 + dice.number(9_999),
        "protocol", "TCP",
        "targetPort", dice.maybe(() -> dice.one(List.<Object>of("web", 8080))),
        "nodePort", dice.maybe(() -> 30_000 + dice.number(999)));
  }

  Map<String, Object> endpointSlice(String namespace, String name, String service) {
    var metadata = dice.metadata(namespace, name);
    metadata.put("labels", Map.of("kubernetes.io/service-name", service));
    return object(
        "metadata",
        metadata,
        "addressType",
        "IPv4",
        "ports",
        dice.some(2, () -> object("name", dice.one(List.of("", "http", "metrics")), "port", 8080)),
        "endpoints",
        dice.some(
            4,
            () ->
                object(
                    "addresses", List.of(dice.one(List.of("10.42.0.7", "fd01::9"))),
                    "conditions", object("ready", dice.maybe(() -> !dice.once(3))))));
  }

  Map<String, Object> claim(String namespace, String name) {
    var metadata = dice.metadata(namespace, name);
    metadata.put("finalizers", dice.some(2, () -> "kubernetes.io/pvc-protection"));
    if (dice.once(4)) {
      metadata.put("deletionTimestamp", dice.time());
    }
    return object(
        "metadata", metadata,
        "spec", new GeneratedVolumes(dice).claimSpec(),
        "status",
            object(
                "phase", dice.one(List.of("Bound", "Pending", "Lost")),
                "accessModes",
                    dice.some(3, () -> dice.one(List.of("ReadOnlyMany", "ReadWriteOncePod"))),
                "capacity", dice.maybe(() -> Map.of("storage", dice.amount())),
                "conditions",
                    dice.some(
                        2,
                        () ->
                            object(
                                "type", dice.word(),
                                "status", "True",
                                "lastProbeTime", dice.maybe(dice::time),
                                "lastTransitionTime", dice.time(),
                                "reason", dice.text(),
                                "message", dice.text()))));
  }

  private List<Map<String, Object>> conditions() {
    return dice.some(
        3, () -> object("type", dice.word(), "status", "True", "reason", dice.maybe(dice::text)));
  }

  Map<String, Object> template() {
    return object(
        "metadata", object("labels", dice.labels(3), "annotations", dice.annotations()),
        "spec", new GeneratedPods(dice).spec());
  }
}
