package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleResult;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubeletConfig;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Nodes whose kube-proxy is missing, not ready, or cannot work. That it is missing everywhere is
/// certain only if a DaemonSet should have created it: distributions also run it outside of pods,
/// or inside another program, and then it is unknown whether there is one.
final class KubeProxyDegraded extends Rule {
  private static final List<String> OTHERS =
      List.of("cilium", "ovnkube", "kube-router", "calico", "antrea", "sdn");
  private static final String LOST =
      "Failed to retrieve node info|Can't determine this node's IP|timeout waiting for node";
  private static final String BROKEN =
      "iptables is not available|Failed to execute iptables-restore|conntrack.*not found";
  private static final Duration SPAN = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofHours(24);
  private static final int MANY = 5;

  KubeProxyDegraded() {
    super(
        "kube-proxy-degraded",
        Layer.CLUSTER_SERVICE,
        "Restore kube-proxy's access to the API or the missing binary (conntrack, iptables),"
            + " and restart it.",
        KUBERNETES + "tasks/debug/debug-application/debug-service/",
        CheckInput.NODES,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var configs = KubeletConfig.want(interests);
    var planned = new ArrayList<Evidence>();
    interests.objects(
        "daemonsets",
        seen -> {
          if (seen.name().equals("kube-proxy")) {
            planned.add(seen.evidence("daemonset " + seen.namespace() + "/kube-proxy"));
          }
        });
    var lost = new HashMap<String, Burst>();
    var broken = new HashMap<String, Burst>();
    var refused = new HashMap<String, Burst>();
    for (String logs :
        List.of(NodeLogPaths.KUBE_PROXY, "cluster-resources/pods/logs/*/*kube-proxy*/*")) {
      interests.recentLines(
          logs,
          List.of(
              "Failed to retrieve node info",
              "determine this node's IP",
              "timeout waiting for node"),
          LOST,
          line -> lost.computeIfAbsent(line.path(), _ -> new Burst(1, SPAN)).add(line));
      interests.recentLines(
          logs,
          List.of("iptables", "conntrack"),
          BROKEN,
          line -> broken.computeIfAbsent(line.path(), _ -> new Burst(1, SPAN)).add(line));
      interests.recentLines(
          logs,
          List.of("connection refused", "i/o timeout", "Unauthorized"),
          "dial tcp .*(connection refused|i/o timeout)|Unauthorized",
          line -> refused.computeIfAbsent(line.path(), _ -> new Burst(MANY, SPAN)).add(line));
    }
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      addPods(facts, planned, groups, conclusion);
      lost.values().forEach(burst -> logged(facts, burst, DAY, "it cannot find its node", groups));
      broken
          .values()
          .forEach(burst -> logged(facts, burst, DAY, "a binary is missing or fails", groups));
      refused
          .values()
          .forEach(burst -> logged(facts, burst, SPAN, "it cannot reach the API server", groups));
      for (var entry : configs.entrySet()) {
        var node = facts.node(entry.getKey());
        if (node.isPresent() && entry.getValue().hairpinMode().equals("none")) {
          groups.add(
              hit(
                      Severity.INFO,
                      "hairpinMode is none: pods cannot reach themselves",
                      node.get().name())
                  .and(
                      Optional.of(
                          new Evidence(
                              entry.getValue().path(), 1, 1, List.of("hairpinMode none")))));
        }
      }
      conclusion.found(
          groups, group -> "kube-proxy unhealthy on " + group.onNodes() + ": " + group.cause());
    };
  }

  private static void addPods(
      Facts facts, List<Evidence> planned, HitGroups groups, RuleResult conclusion) {
    // Of pods of some namespaces only, the absence of one proves nothing.
    if (facts.missing(CheckInput.PODS).isPresent() || facts.missing(CheckInput.NODES).isPresent()) {
      return;
    }
    var proxies = new HashMap<String, PodFact>();
    boolean replaced = false;
    for (PodFact pod : facts.pods()) {
      if (isProxy(pod) && !pod.isOver()) {
        proxies.merge(pod.node(), pod, (a, b) -> a.ready().isTrue() ? a : b);
      }
      replaced |= OTHERS.stream().anyMatch(pod.name().name()::contains);
    }
    if (proxies.isEmpty() && !replaced && planned.isEmpty()) {
      conclusion.unknown(
          "kube-proxy: no pod of it or of a known replacement; it may not run as a pod");
    }
    if (proxies.isEmpty() && (replaced || planned.isEmpty())) {
      return;
    }
    var absent = proxies.isEmpty() ? Severity.CRITICAL : Severity.WARNING;
    for (NodeFact node : facts.nodes()) {
      var proxy = proxies.get(node.name().name());
      // A node that is not ready has a more specific finding.
      if (!node.isReady()) {
        continue;
      }
      if (proxy == null && !replaced && !runsItselfOrNothing(node)) {
        groups.add(
            hit(absent, "it has no pod there", node.name())
                .and(Optional.of(node.place().saying(node.name().toString())))
                .and(planned.stream().findFirst()));
      } else if (proxy != null && !proxy.ready().isTrue()) {
        groups.add(
            hit(Severity.WARNING, "its pod is not ready", node.name())
                .and(Optional.of(proxy.place().saying("pod " + proxy.name().path()))));
      }
    }
  }

  /// Windows nodes often run it as a service, and virtual nodes have no need of it.
  private static boolean runsItselfOrNothing(NodeFact node) {
    return node.isWindows()
        || node.labels().getOrDefault("type", "").equals("virtual-kubelet")
        || node.labels().getOrDefault("eks.amazonaws.com/compute-type", "").equals("fargate");
  }

  private static boolean isProxy(PodFact pod) {
    return pod.name().name().startsWith("kube-proxy")
        || pod.labels().getOrDefault("k8s-app", "").equals("kube-proxy");
  }

  private static void logged(
      Facts facts, Burst burst, Duration age, String cause, HitGroups groups) {
    var line = burst.newest().orElseThrow();
    var name =
        line.pod().isEmpty()
            ? line.node()
            : facts.pods().stream()
                .filter(pod -> pod.name().path().equals(line.pod()))
                .map(PodFact::node)
                .findFirst()
                .orElse("");
    if (burst.isReached() && burst.isWithin(age, line.read()) && !name.isEmpty()) {
      groups.add(
          hit(Severity.WARNING, cause, new ObjectName("Node", "", name))
              .and(burst.evidence())
              .times(burst.total())
              .seen(burst.first(), burst.last()));
    }
  }

  private static Hit hit(Severity severity, String cause, ObjectName node) {
    return Hit.of(severity, cause, node).node(node.name());
  }
}
