package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Autoscalers that cannot scale because of missing metrics or a missing target.
final class HpaNotScaling extends Rule {
  private static final String FOLDER = "custom-resources/horizontalpodautoscalers.autoscaling";
  private static final Duration STARTING = Duration.ofMinutes(5);

  HpaNotScaling() {
    super(
        "hpa-not-scaling",
        Layer.WORKLOAD,
        "Install or fix metrics-server or the named metrics adapter; set CPU and memory"
            + " requests in the pods of the target.",
        KUBERNETES + "tasks/run-application/horizontal-pod-autoscale/",
        CheckInput.objects("autoscalers", "horizontalpodautoscalers", FOLDER + "/"));
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var hits = new ArrayList<Hit>();
    interests.objects(
        FOLDER,
        seen -> {
          var able = Workload.condition(seen.tree(), "AbleToScale");
          var active = Workload.condition(seen.tree(), "ScalingActive");
          var limited = Workload.condition(seen.tree(), "ScalingLimited");
          if (able.isFalse()) {
            add(seen, able, Severity.WARNING, hits);
          }
          if (active.isFalse() && !active.reason().equals("ScalingDisabled")) {
            add(seen, active, Severity.WARNING, hits);
          }
          if (limited.isTrue() && limited.reason().equals("TooManyReplicas")) {
            add(seen, limited, Severity.INFO, hits);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      hits.forEach(groups::add);
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? "HPA " : group.count() + " HPAs ")
                  + group.names()
                  + (group.cause().equals("TooManyReplicas") ? " at maximum" : " cannot scale: ")
                  + (group.cause().equals("TooManyReplicas") ? "" : group.cause()));
    };
  }

  private static void add(
      SourceObject seen, PodFact.Condition condition, Severity severity, List<Hit> hits) {
    // Pods have no numbers in their first minutes.
    if (severity == Severity.WARNING
        && condition.since().isPresent()
        && !Recency.isOlder(condition.since(), seen.at(), STARTING)) {
      return;
    }
    var name = new ObjectName("HorizontalPodAutoscaler", seen.namespace(), seen.name());
    hits.add(
        Hit.of(
                severity,
                condition.reason(),
                name,
                seen.evidence(name + ", " + condition.reason(), condition.message()))
            .seen(Optional.empty(), Optional.of(seen.at())));
  }
}
