package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Many nodes of a zone lost within minutes: that is a partition, the control plane or a
/// certificate, not so many machines. A zone is lost if three nodes and more than 55 % of it are,
/// the share at which the node controller stops to evict; a cluster of two nodes, if both are.
final class NodesMassNotReady extends Rule {
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final Duration TOGETHER = Duration.ofMinutes(5);
  private static final double SHARE = 0.55;
  private static final int MANY = 3;

  private record Lost(NodeFact node, Instant since) {}

  NodesMassNotReady() {
    super(
        "nodes-mass-not-ready",
        Layer.NODE,
        "Test the API server's endpoint, its load balancer and certificates from one of these"
            + " nodes before changing any node. Do not drain them: Kubernetes intentionally"
            + " stops evictions in a fully disrupted zone.",
        KUBERNETES + "concepts/architecture/nodes/",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var lines = new HashMap<String, LogLine>();
    interests.recentLines(
        NodeLogPaths.KUBELET,
        List.of("Failed to update lease", "Error updating node status"),
        "Failed to update lease|Error updating node status",
        line -> lines.put(line.node(), line.brief()));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (var zone : zones(facts).entrySet()) {
        var lost = together(zone.getValue());
        int total = zone.getValue().size();
        boolean mass =
            total < MANY
                ? total > 1 && total == facts.nodes().size() && lost.size() == total
                : lost.size() >= MANY && lost.size() > SHARE * total;
        if (!mass) {
          continue;
        }
        var from = lost.getFirst().since;
        var to = lost.getLast().since;
        for (Lost each : lost) {
          groups.add(hit(each, zone.getKey(), lines, from, to, lost.size() + " of " + total));
        }
      }
      conclusion.found(
          groups, group -> group.detail() + " — partition, control plane or certificate");
    };
  }

  private static Hit hit(
      Lost lost,
      String zone,
      Map<String, LogLine> lines,
      Instant from,
      Instant to,
      String howMany) {
    var name = lost.node.name().name();
    long minutes = Math.max(1, Duration.between(from, to).toMinutes());
    return Hit.of(
            Severity.CRITICAL,
            zone.isEmpty() ? "the cluster" : "zone " + zone,
            lost.node.name(),
            place(lost))
        .and(Optional.ofNullable(lines.get(name)).map(LogLine::evidence))
        .node(name)
        .seen(Optional.of(from), Optional.of(to))
        .detail(
            howMany
                + " nodes"
                + (zone.isEmpty() ? "" : " in zone " + zone)
                + " lost within "
                + minutes
                + " min");
  }

  private static Evidence place(Lost lost) {
    return lost.node
        .place()
        .saying("node " + lost.node.name().name() + ", Ready lost at " + RuleText.time(lost.since));
  }

  /// The nodes of each zone; all in one if any has no zone.
  private static Map<String, List<NodeFact>> zones(Facts facts) {
    boolean known =
        facts.nodes().stream().noneMatch(node -> node.labels().getOrDefault(ZONE, "").isEmpty());
    var zones = new TreeMap<String, List<NodeFact>>();
    for (NodeFact node : facts.nodes()) {
      var zone = known ? node.labels().getOrDefault(ZONE, "") : "";
      zones.computeIfAbsent(zone, _ -> new ArrayList<>()).add(node);
    }
    return zones;
  }

  /// The largest group of nodes that were lost within five minutes, in the order of their times.
  private static List<Lost> together(List<NodeFact> nodes) {
    var lost = new ArrayList<Lost>();
    for (NodeFact node : nodes) {
      var ready = node.condition("Ready");
      // A node that is removed on purpose is not lost.
      if (!ready.isTrue() && !NodeNotReady.isLeaving(node)) {
        ready.since().ifPresent(since -> lost.add(new Lost(node, since)));
      }
    }
    lost.sort(Comparator.comparing(Lost::since).thenComparing(each -> each.node.name()));
    List<Lost> most = List.of();
    int from = 0;
    for (int to = 0; to < lost.size(); to++) {
      while (lost.get(from).since.plus(TOGETHER).isBefore(lost.get(to).since)) {
        from++;
      }
      if (to - from + 1 > most.size()) {
        most = List.copyOf(lost.subList(from, to + 1));
      }
    }
    return most;
  }
}
