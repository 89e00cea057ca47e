package dev.diagbundle.findings;

import module java.base;

/// Where in a cluster the cause lies. Lower layers explain higher ones, so the first is looked at
/// first.
public enum Layer {
  /// What concerns the bundle itself: a banner, never ranked.
  BUNDLE,
  /// etcd, certificates, API server, controllers.
  CONTROL_PLANE,
  /// Nodes, their kubelets and runtimes.
  NODE,
  /// Network plugins, the host network of Windows, images that do not fit the system.
  NETWORK_PLUGIN,
  /// Claims and volumes.
  STORAGE,
  /// What workloads rely on: DNS, kube-proxy, webhooks, aggregated APIs.
  CLUSTER_SERVICE,
  /// Creation and scheduling of pods.
  SCHEDULING,
  /// States of containers, and of the workloads that own them.
  WORKLOAD,
  /// Services, entry points, policies.
  INGRESS,
  /// What should be better, and breaks nothing now.
  HYGIENE,
  /// What users' own rules find: after the catalogue's of the same severity.
  CUSTOM,
  /// What the collection could not get: a strip of its own, never ranked with the others.
  COLLECTION;

  /// By its spelling in JSON; an unknown word is [#HYGIENE], which breaks nothing.
  public static Layer of(String label) {
    return Arrays.stream(values())
        .filter(layer -> layer.label().equals(label))
        .findFirst()
        .orElse(HYGIENE);
  }

  /// The spelling in JSON, for example `cluster-service`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
