package dev.diagbundle.findings;

import module java.base;

/// The layer of a cluster that the cause belongs to. Lower layers explain higher ones, so the first
/// is to be examined first.
public enum Layer {
  /// The bundle itself: a banner, never ranked.
  BUNDLE,
  /// etcd, certificates, API server, controllers.
  CONTROL_PLANE,
  /// Nodes, their kubelets and runtimes.
  NODE,
  /// Network plugins, the host network of Windows, images that do not fit the system.
  NETWORK_PLUGIN,
  /// Claims and volumes.
  STORAGE,
  /// Services that workloads rely on: DNS, kube-proxy, webhooks, aggregated APIs.
  CLUSTER_SERVICE,
  /// Creation and scheduling of pods.
  SCHEDULING,
  /// States of containers, and of the workloads that own them.
  WORKLOAD,
  /// Services, entry points, policies.
  INGRESS,
  /// Recommendations: nothing is broken now.
  HYGIENE,
  /// Findings of user-defined rules: ranked after the catalogue's of the same severity.
  CUSTOM,
  /// Data that could not be collected: listed separately, never ranked with the others.
  COLLECTION;

  /// The layer by its spelling in JSON; an unknown word is [#HYGIENE], whose findings break
  /// nothing.
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
