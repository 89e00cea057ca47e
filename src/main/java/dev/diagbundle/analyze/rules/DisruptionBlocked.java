package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Disruption budgets that allow no eviction, so that nodes cannot be drained.
///
/// Budgets that select the same pod are found where they select by equal labels only.
final class DisruptionBlocked extends Rule {
  DisruptionBlocked() {
    super(
        "disruption-blocked",
        Layer.HYGIENE,
        "Make the pods ready, or relax the budget, before draining a node.",
        KUBERNETES + "tasks/run-application/configure-pdb/",
        CheckInput.objects("disruption budgets", "poddisruptionbudgets", "pod-disruption-budgets/"),
        CheckInput.PODS,
        CheckInput.NODES);
  }

  private record Budget(
      ObjectName name,
      Map<String, String> labels,
      boolean simple,
      boolean blocked,
      String cause,
      String health,
      Evidence place) {
    boolean selects(PodFact pod) {
      return simple
          && pod.name().namespace().equals(name.namespace())
          && pod.labels().entrySet().containsAll(labels.entrySet());
    }
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var budgets = new ArrayList<Budget>();
    interests.objects("pod-disruption-budgets", seen -> budgets.add(read(seen)));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (Budget budget : budgets) {
        var pods = facts.podsIn(budget.name.namespace()).stream().filter(budget::selects).toList();
        if (budget.blocked) {
          boolean draining =
              pods.stream()
                  .anyMatch(pod -> facts.node(pod.node()).filter(NodeFact::cordoned).isPresent());
          var hit =
              Hit.of(
                      draining ? Severity.WARNING : Severity.INFO,
                      budget.name.namespace() + ": " + budget.cause,
                      budget.name,
                      budget.place)
                  .detail(
                      budget.cause
                          + budget.health
                          + (draining ? "; one of its pods' nodes is cordoned" : ""));
          // The cause of the unready pods explains the budget.
          var owners = pods.stream().map(facts::root).distinct().toList();
          groups.add(owners.isEmpty() ? hit : hit.owner(owners.getFirst()));
        }
        budgets.stream()
            .filter(other -> other.name.compareTo(budget.name) > 0)
            .filter(other -> pods.stream().anyMatch(other::selects))
            .forEach(other ->
                groups.add(
                    Hit.of(
                            Severity.INFO,
                            budget.name.namespace() + ": overlapping budgets",
                            budget.name,
                            budget.place,
                            other.place)
                        .detail("selects the same pod as " + other.name.name())));
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? "PDB " : group.count() + " PDBs ")
                  + group.names()
                  + ": "
                  + (group.count() == 1 ? group.detail() : group.cause()));
    };
  }

  private static Budget read(SourceObject seen) {
    var spec = seen.tree().path("spec");
    var status = seen.tree().path("status");
    var labels = new HashMap<String, String>();
    Fields.at(spec, "selector", "matchLabels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), Fields.text(label.getValue())));
    var condition = Workload.condition(seen.tree(), "DisruptionAllowed");
    long expected = Fields.number(status, "expectedPods");
    boolean none = Fields.number(status, "disruptionsAllowed") == 0 && expected > 0;
    var most = Fields.text(spec, "maxUnavailable");
    var least = Fields.text(spec, "minAvailable");
    boolean always =
        expected > 0
            && (most.equals("0")
                || most.equals("0%")
                || least.equals("100%")
                || Fields.number(status, "desiredHealthy") >= expected);
    boolean failing = condition.isFalse() && condition.reason().equals("SyncFailed");
    var name = new ObjectName("PodDisruptionBudget", seen.namespace(), seen.name());
    return new Budget(
        name,
        labels,
        Fields.at(spec, "selector", "matchExpressions").isEmpty(),
        none || always || failing,
        failing
            ? "not computed (SyncFailed)"
            : always ? "never allows an eviction" : "allows no eviction now",
        " ("
            + Fields.number(status, "currentHealthy")
            + "/"
            + Fields.number(status, "desiredHealthy")
            + " healthy)",
        seen.evidence(
            name.toString(),
            "disruptionsAllowed " + Fields.number(status, "disruptionsAllowed"),
            condition.reason()));
  }
}
