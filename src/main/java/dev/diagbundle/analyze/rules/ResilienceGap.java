package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Single points of failure.
final class ResilienceGap extends Rule {
  private static final List<String> ROLES =
      List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

  ResilienceGap() {
    super(
        "resilience-gap",
        Layer.HYGIENE,
        "Manage the pods with controllers, and run several replicas of the control plane and"
            + " cluster DNS.",
        KUBERNETES + "setup/production-environment/tools/kubeadm/high-availability/",
        CheckInput.PODS,
        CheckInput.NODES,
        CheckInput.DEPLOYMENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var single = new ArrayList<Workload>();
    interests.objects(
        "deployments",
        seen -> {
          var label = Fields.text(seen.tree(), "metadata", "labels", "k8s-app");
          var workload = Workload.read(seen, "Deployment");
          if (label.equals("kube-dns") && workload.wanted() == 1) {
            single.add(workload);
          }
        });
    return (facts, conclusion) -> {
      // A single node is a single point of failure already, and on purpose.
      if (facts.nodes().size() < 2) {
        return;
      }
      var groups = HitGroups.byCause();
      for (PodFact pod : facts.pods()) {
        if (pod.owner().equals(ObjectName.NONE) && !pod.settings().mirror() && !pod.isOver()) {
          groups.add(
              Hit.of(
                  Severity.INFO,
                  "pods without a controller",
                  pod,
                  facts,
                  pod.place().saying("pod " + pod.name().path())));
        }
      }
      var planes =
          facts.nodes().stream()
              .filter(node -> ROLES.stream().anyMatch(node.labels()::containsKey))
              .toList();
      if (planes.size() == 1) {
        var node = planes.getFirst();
        groups.add(
            Hit.of(
                Severity.INFO,
                "one control-plane node",
                node.name(),
                node.place().saying("node " + node.name().name())));
      }
      single.forEach(each ->
          groups.add(
              Hit.of(
                  Severity.INFO,
                  "cluster DNS with one replica",
                  each.name(),
                  each.place().saying(each.name() + ", replicas 1"))));
      conclusion.found(
          groups,
          group ->
              group.counted("single point")
                  + " of failure: "
                  + group.cause()
                  + " ("
                  + group.names()
                  + ")");
    };
  }
}
