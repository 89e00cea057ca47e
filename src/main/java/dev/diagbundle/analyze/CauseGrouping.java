package dev.diagbundle.analyze;

import module java.base;

import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;

/// The grouping of findings by cause: a closed list of cause and consequence, from lower layers to
/// higher ones, so that there are no cycles. A finding is folded below the first that explains it.
final class CauseGrouping {
  private static final Duration SLACK = Duration.ofSeconds(60);

  /// The relation between a cause and its consequence.
  enum Join {
    /// All nodes of the consequence are nodes of the cause.
    NODES,
    /// They share an object, or an owner of one.
    OBJECTS,
    /// The cause of the consequence ends in the name of an object of the cause.
    NAMED,
    /// Nothing: there is one such thing in a cluster.
    CLUSTER
  }

  record Edge(String parent, Set<String> children, Join join, String childCause) {
    Edge(String parent, Set<String> children, Join join) {
      this(parent, children, join, "");
    }
  }

  private static final Set<String> CONTAINER_STATES =
      Set.of(
          "pod-crash-loop",
          "pod-image-pull-failure",
          "pod-init-failed",
          "pod-oom-killed",
          "pod-config-missing",
          "pod-start-error",
          "pod-probe-failing",
          "pod-unschedulable",
          "pod-sandbox-failure",
          "pod-creation-blocked");
  private static final Set<String> WORKLOADS =
      Set.of(
          "service-no-endpoints",
          "workload-unavailable",
          "rollout-stalled",
          "statefulset-stuck",
          "daemonset-incomplete",
          "job-failed",
          "cronjob-not-running",
          "disruption-blocked");
  private static final Set<String> ON_A_NODE =
      Set.of(
          "collect-node-unreachable",
          "object-stuck-terminating",
          "volume-attach-failed",
          "pod-evicted-or-rejected",
          "pod-sandbox-failure",
          "pod-probe-failing",
          "pod-not-ready",
          "daemonset-incomplete",
          "statefulset-stuck",
          "workload-unavailable",
          "rollout-stalled",
          "log-incomplete");

  private static final List<Edge> EDGES = edges();

  private CauseGrouping() {}

  /// Puts findings below those that explain them.
  ///
  /// @return the findings that nothing explains
  static List<Finding> fold(List<Finding> findings) {
    var parents = new HashMap<Finding, Finding>();
    for (Finding child : findings) {
      parent(child, findings, parents).ifPresent(parent -> parents.put(child, parent));
    }
    var children = new HashMap<Finding, List<Finding>>();
    parents.forEach(
        (child, parent) -> children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child));
    return findings.stream()
        .filter(finding -> !parents.containsKey(finding))
        .map(root -> withChildren(root, children))
        .toList();
  }

  private static Finding withChildren(Finding finding, Map<Finding, List<Finding>> children) {
    var own = children.getOrDefault(finding, List.of());
    return own.isEmpty()
        ? finding
        : finding.withSymptoms(
            own.stream()
                .map(child -> withChildren(child, children))
                .sorted(Ranking.ORDER)
                .toList());
  }

  /// @param parents the parents of the findings that are already folded
  private static Optional<Finding> parent(
      Finding child, List<Finding> findings, Map<Finding, Finding> parents) {
    for (Edge edge : EDGES) {
      if (!edge.children.contains(child.id()) || !child.cause().contains(edge.childCause)) {
        continue;
      }
      var found =
          findings.stream()
              .filter(parent -> parent.id().equals(edge.parent))
              .filter(parent -> parent.recovered() == child.recovered() || child.recovered())
              .filter(parent -> isJoined(edge.join, parent, child) && isInTime(parent, child))
              .filter(parent -> isGraveEnough(edge.join, parent, child))
              .filter(parent -> !isBelow(parent, child, parents))
              .min(Ranking.ORDER);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Returns whether the parent can explain the child: a finding that is only information does not
  /// keep the pods of an object from working.
  private static boolean isGraveEnough(Join join, Finding parent, Finding child) {
    return join != Join.OBJECTS
        || parent.severity() != Severity.INFO
        || child.severity() == Severity.INFO;
  }

  /// Returns whether a finding is already below another: then it cannot also be above it.
  private static boolean isBelow(Finding below, Finding above, Map<Finding, Finding> parents) {
    for (var at = Optional.of(below); at.isPresent(); at = next(at.get(), parents)) {
      if (at.get().equals(above)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Finding> next(Finding finding, Map<Finding, Finding> parents) {
    return Optional.ofNullable(parents.get(finding));
  }

  private static boolean isJoined(Join join, Finding parent, Finding child) {
    return switch (join) {
      case CLUSTER -> true;
      case NAMED -> parent.objects().stream().anyMatch(each -> child.cause().endsWith(" " + each));
      case NODES ->
          !child.nodes().isEmpty() && new HashSet<>(parent.nodes()).containsAll(child.nodes());
      case OBJECTS -> {
        var known = new HashSet<>(parent.objects());
        known.addAll(parent.owners());
        yield !Collections.disjoint(known, child.objects())
            || !Collections.disjoint(known, child.owners());
      }
    };
  }

  private static boolean isInTime(Finding parent, Finding child) {
    return child
        .firstSeen()
        .orElse(Instant.MAX)
        .isAfter(
            parent
                .firstSeen()
                .orElse(Instant.MIN)
                .minus(parent.firstSeen().isPresent() ? SLACK : Duration.ZERO));
  }

  private static List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    edges.add(
        new Edge(
            "etcd-unhealthy", Set.of("apiserver-unhealthy", "controllers-inactive"), Join.CLUSTER));
    edges.add(new Edge("etcd-unhealthy", Set.of("node-flapping"), Join.CLUSTER, "lease stale"));
    edges.add(
        new Edge(
            "apiserver-unhealthy",
            Set.of("controllers-inactive", "nodes-mass-not-ready"),
            Join.CLUSTER));
    edges.add(
        new Edge(
            "certificate-expiry", Set.of("nodes-mass-not-ready", "node-not-ready"), Join.NODES));
    edges.add(new Edge("certificate-expiry", Set.of("webhook-failing"), Join.OBJECTS));
    for (String component : List.of("etcd-unhealthy", "controllers-inactive")) {
      // Its own pods show its failure, and are no cause of their own.
      edges.add(new Edge(component, CONTAINER_STATES, Join.OBJECTS));
    }
    // Before the plugins of the same nodes: its pods have a cause of their own.
    edges.add(
        new Edge(
            "os-image-mismatch", Set.of("pod-sandbox-failure"), Join.OBJECTS, "does not match"));
    edges.add(new Edge("os-image-mismatch", Set.of("pod-start-error"), Join.OBJECTS));
    edges.add(
        new Edge("os-image-mismatch", Set.of("pod-image-pull-failure"), Join.OBJECTS, "platform"));
    edges.add(new Edge("nodes-mass-not-ready", Set.of("node-not-ready"), Join.NODES));
    for (String cause : List.of("flannel-not-started", "windows-hns-broken", "cni-ip-exhausted")) {
      edges.add(new Edge(cause, Set.of("cni-not-ready"), Join.NODES));
    }
    for (String plugin :
        List.of("flannel-not-started", "windows-hns-broken", "cni-ip-exhausted", "cni-not-ready")) {
      edges.add(
          new Edge(plugin, Set.of("node-not-ready", "pod-sandbox-failure"), Join.NODES, "network"));
    }
    // A proxy under another name than its node's deletes what HNS has.
    edges.add(
        new Edge(
            "windows-hns-broken",
            Set.of("kube-proxy-degraded"),
            Join.NODES,
            "cannot find its node"));
    edges.add(
        new Edge(
            "node-runtime-down",
            Set.of("node-not-ready", "pod-sandbox-failure"),
            Join.NODES,
            "runtime"));
    for (String lost : List.of("nodes-mass-not-ready", "node-not-ready")) {
      edges.add(new Edge(lost, Set.of("dns-unavailable"), Join.NODES));
    }
    edges.add(new Edge("node-not-ready", ON_A_NODE, Join.NODES));
    edges.add(
        new Edge(
            "node-flapping", Set.of("collect-node-unreachable", "log-incomplete"), Join.NODES));
    edges.add(new Edge("node-disk-pressure", Set.of("pod-evicted-or-rejected"), Join.NODES));
    edges.add(new Edge("node-disk-pressure", Set.of("pod-image-pull-failure"), Join.NODES, "disk"));
    for (String storage :
        List.of("pvc-pending", "volume-lost", "volume-mount-failed", "volume-attach-failed")) {
      // The scheduler's messages about volumes contain this word.
      edges.add(new Edge(storage, Set.of("pod-unschedulable"), Join.OBJECTS, "olume"));
      edges.add(new Edge(storage, WORKLOADS, Join.OBJECTS));
    }
    for (String dns : List.of("dns-unavailable", "dns-not-configured")) {
      edges.add(
          new Edge(dns, Set.of("app-network-errors", "pod-crash-loop"), Join.CLUSTER, "dns error"));
    }
    // The failing pods of DNS are not the root, but the cause of what the cluster lacks.
    edges.add(new Edge("dns-unavailable", CONTAINER_STATES, Join.OBJECTS));
    edges.add(new Edge("dns-unavailable", WORKLOADS, Join.OBJECTS));
    edges.add(new Edge("service-no-endpoints", Set.of("app-network-errors"), Join.NAMED));
    edges.add(
        new Edge(
            "service-no-endpoints",
            Set.of("external-entry-broken", "webhook-failing", "apiservice-unavailable"),
            Join.OBJECTS));
    edges.add(new Edge("webhook-failing", Set.of("pod-creation-blocked"), Join.OBJECTS));
    edges.add(
        new Edge(
            "apiservice-unavailable",
            Set.of("hpa-not-scaling", "object-stuck-terminating"),
            Join.OBJECTS));
    edges.add(new Edge("volume-lost", Set.of("volume-attach-failed"), Join.OBJECTS));
    edges.add(new Edge("job-failed", Set.of("cronjob-not-running"), Join.OBJECTS));
    for (String state : CONTAINER_STATES.stream().sorted().toList()) {
      edges.add(new Edge(state, WORKLOADS, Join.OBJECTS));
    }
    // Without a cause in the bundle, one finding of a workload is enough.
    edges.add(
        new Edge(
            "workload-unavailable",
            Set.of("service-no-endpoints", "rollout-stalled", "disruption-blocked"),
            Join.OBJECTS));
    edges.add(new Edge("statefulset-stuck", Set.of("workload-unavailable"), Join.OBJECTS));
    return edges;
  }
}
