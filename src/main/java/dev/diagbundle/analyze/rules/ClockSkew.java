package dev.diagbundle.analyze.rules;

import module java.base;

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
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Clocks that differ from the API server's: those of nodes, from the dates in their kubelets'
/// responses, and the collector's.
final class ClockSkew extends Rule {
  private static final ObjectName COLLECTOR = new ObjectName("Collector", "", "this machine");

  private record Ahead(String node, Duration by, Evidence evidence) {}

  ClockSkew() {
    super(
        "clock-skew",
        Layer.COLLECTION,
        "Fix NTP or chrony on the node. Until then, its log timestamps are off by the same"
            + " amount.",
        KUBERNETES + "concepts/architecture/leases/",
        CheckInput.NODES,
        CheckInput.REQUESTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var little = interests.thresholds().clockSkew();
    var much = interests.thresholds().clockSkewCritical();
    var leases = new ArrayList<Ahead>();
    interests.objects(
        "leases",
        seen -> {
          var renewed = Fields.time(seen.tree(), "spec", "renewTime");
          // A stale lease proves nothing about clocks; one of the future does.
          if (seen.namespace().equals("kube-node-lease")
              && renewed.filter(at -> at.isAfter(seen.at().plus(little))).isPresent()) {
            leases.add(
                new Ahead(
                    seen.name(),
                    Duration.between(seen.at(), renewed.get()),
                    seen.evidence("lease of " + seen.name() + " renewed at " + renewed.get())));
          }
        });
    var certificates = new HashMap<String, LogLine>();
    interests.recentLines(
        NodeLogPaths.KUBELET,
        List.of("not yet valid"),
        "not yet valid: current time \\S+ is before",
        line -> certificates.put(line.node(), line.brief()));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var clocks = facts.requests().clocks();
      clocks
          .collector()
          .filter(skew -> skew.atLeast().abs().compareTo(little) > 0)
          .ifPresent(skew ->
              groups.add(
                  // The API server is the measure, so that it is the collector that is off.
                  hit(COLLECTOR, skew.atLeast().negated(), much, skew.evidence())));
      clocks
          .nodes()
          .forEach((name, skew) -> {
            if (skew.atLeast().abs().compareTo(little) > 0) {
              groups.add(
                  hit(new ObjectName("Node", "", name), skew.atLeast(), much, skew.evidence())
                      .node(name));
            }
          });
      for (Ahead lease : leases) {
        if (!clocks.nodes().containsKey(lease.node)) {
          groups.add(
              hit(new ObjectName("Node", "", lease.node), lease.by, much, lease.evidence)
                  .node(lease.node));
        }
      }
      facts.nodes().forEach(node -> addSaid(node, certificates, groups));
      conclusion.found(
          groups,
          group ->
              group.detail().isEmpty()
                  ? "Clock of " + RuleText.list(group.nodes()) + " is off: " + group.cause()
                  : group.cause().startsWith("Collector")
                      ? "Clock of the collecting machine is " + group.detail() + " the API server's"
                      : "Clock of "
                          + group.onNodes()
                          + " is "
                          + group.detail()
                          + " the API server's");
      var unknown =
          facts.nodes().stream().map(node -> node.name().name()).filter(clocks.unknown()).toList();
      if (!unknown.isEmpty()) {
        conclusion.unknown(
            "clocks of " + RuleText.list(unknown) + ": no dated response from the kubelet");
      }
    };
  }

  private static void addSaid(NodeFact node, Map<String, LogLine> certificates, HitGroups groups) {
    var problem = node.condition("NTPProblem");
    if (problem.isTrue()) {
      groups.add(
          Hit.of(
              Severity.WARNING,
              "the node reports NTPProblem",
              node,
              node.place().saying("NTPProblem True", problem.message())));
    }
    var line = certificates.get(node.name().name());
    if (line != null) {
      groups.add(
          Hit.of(Severity.WARNING, "a certificate appears not yet valid", node, line.evidence()));
    }
  }

  private static Hit hit(ObjectName whose, Duration ahead, Duration much, Evidence evidence) {
    var cause = whose.kind() + (ahead.isNegative() ? " behind" : " ahead");
    return Hit.of(
            ahead.abs().compareTo(much) > 0 ? Severity.CRITICAL : Severity.WARNING,
            cause,
            whose,
            evidence)
        .detail(
            "at least "
                + ahead.abs().toSeconds()
                + (ahead.isNegative() ? " s behind" : " s ahead of"));
  }
}
