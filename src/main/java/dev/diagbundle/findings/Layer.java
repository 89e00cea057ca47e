package dev.diagbundle.findings;

import java.util.Locale;

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
  CONTAINER,
  /// Services, entry points, policies.
  ENTRY,
  /// What should be better, and breaks nothing now.
  HYGIENE,
  /// What users' own rules find: after the catalogue's of the same severity.
  OWN,
  /// What the collection could not get: a strip of its own, never ranked with the others.
  COLLECTION;

  /// The spelling in JSON, for example `cluster-service`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
