package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;

/// The services that a node can have, by the container runtime and the Kubernetes distribution that
/// it reports (`containerRuntimeVersion` and `kubeletVersion` of `status.nodeInfo`). A log query
/// for a service that a node does not have costs the node a process and, on Windows, seconds.
///
/// All distributions that have services of their own name themselves in the version of the kubelet:
/// `v1.31.4+k3s1`, `v1.31.4+rke2r1`.
final class NodeServices {
  /// A container runtime or a distribution.
  ///
  /// @param services that only nodes with it have
  private record Software(String name, Set<String> services) {}

  private static final Software DOCKER =
      new Software(
          "docker", Set.of("docker", "dockerd", "cri-docker", "cri-dockerd", "containerd"));

  /// The container runtimes. Docker runs on top of containerd.
  private static final List<Software> RUNTIMES =
      List.of(
          new Software("containerd", Set.of("containerd")),
          new Software("cri-o", Set.of("crio", "cri-o")),
          DOCKER);

  /// The distributions that run the kubelet and containerd inside services of their own.
  private static final List<Software> DISTRIBUTIONS =
      List.of(
          new Software("k3s", Set.of("k3s", "k3s-agent")),
          new Software("rke2", Set.of("rke2", "rke2-server", "rke2-agent")));

  private static final Set<String> EMBEDDED = Set.of("kubelet", "containerd", "kube-proxy");

  private NodeServices() {}

  /// The reason why the node cannot have the service; empty if it may have it, and for every node
  /// whose container runtime is unknown.
  static Optional<String> whyMissing(NodeSummary node, String service) {
    var runtime =
        RUNTIMES.stream().filter(one -> node.runtime().startsWith(one.name() + "://")).findFirst();
    if (runtime.isEmpty() || node.kubeletVersion().isEmpty()) {
      return Optional.empty();
    }
    var name = service.toLowerCase(Locale.ROOT);
    if (belongsToOther(name, RUNTIMES, runtime)) {
      return Optional.of("the container runtime of the node is " + node.runtime());
    }
    var distribution =
        DISTRIBUTIONS.stream()
            .filter(one -> node.kubeletVersion().contains("+" + one.name()))
            .findFirst();
    if (belongsToOther(name, DISTRIBUTIONS, distribution)) {
      return Optional.of("the kubelet of the node is " + node.kubeletVersion());
    }
    // On Windows, they write to the event log under their own names.
    boolean embedded =
        distribution.isPresent()
            && !node.isWindows()
            && EMBEDDED.contains(name)
            && !(name.equals("containerd") && runtime.get().equals(DOCKER));
    return embedded
        ? Optional.of(
            "it is part of the service "
                + distribution.get().name()
                + " of "
                + node.kubeletVersion())
        : Optional.empty();
  }

  private static boolean belongsToOther(
      String service, List<Software> all, Optional<Software> present) {
    return all.stream().anyMatch(one -> one.services().contains(service))
        && !present.map(one -> one.services().contains(service)).orElse(false);
  }
}
