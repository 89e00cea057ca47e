package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.SeenObject;
import dev.diagbundle.analyze.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Autoscalers that cannot scale, for want of numbers or of their target.
final class HpaNotScaling implements Analyzer {
  private static final String FOLDER = "custom-resources/horizontalpodautoscalers.autoscaling";
  private static final Check CHECK =
      new Check(
          "hpa-not-scaling",
          Layer.CONTAINER,
          "Install or repair metrics-server or the adapter that is named; set requests for CPU and"
              + " memory in the pods of the target.",
          Check.KUBERNETES + "tasks/run-application/horizontal-pod-autoscale/",
          Input.objects("autoscalers", "horizontalpodautoscalers", FOLDER + "/"));
  private static final Duration STARTING = Duration.ofMinutes(5);

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
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
      var groups = Groups.byCause();
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
      SeenObject seen, PodFact.Condition condition, Severity severity, List<Hit> hits) {
    // Pods have no numbers in their first minutes.
    if (severity == Severity.WARNING
        && condition.since().isPresent()
        && !Recent.isOlder(condition.since(), seen.at(), STARTING)) {
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
