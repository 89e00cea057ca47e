package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Pods evicted or rejected by their node.
final class PodEvictedOrRejected extends Rule {
  private static final Set<String> REASONS =
      Set.of(
          "Evicted",
          "Preempting",
          "Terminated",
          "NodeShutdown",
          "NodeAffinity",
          "UnexpectedAdmissionError",
          "TopologyAffinityError",
          "SysctlForbidden",
          "AppArmor");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MANY = 10;
  private static final String LOW = "The node was low on resource: ";

  PodEvictedOrRejected() {
    super(
        "pod-evicted-or-rejected",
        Layer.WORKLOAD,
        "Relieve the node first, then delete the failed pods. For OutOf… and preemption,"
            + " correct requests and priorities.",
        KUBERNETES + "concepts/scheduling-eviction/node-pressure-eviction/",
        CheckInput.PODS);
  }

  /// A pod's disruption condition, which the facts do not contain.
  private record Disruption(String reason, Optional<Instant> at) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var disrupted = new HashMap<String, Disruption>();
    interests.objects(
        "pods",
        seen -> {
          var condition = Workload.condition(seen.tree(), "DisruptionTarget");
          if (condition.isTrue()) {
            disrupted.put(seen.uid(), new Disruption(condition.reason(), condition.since()));
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var lately = new HashMap<String, Integer>();
      var hits = new ArrayList<Hit>();
      for (PodFact pod : facts.pods()) {
        var target = Optional.ofNullable(disrupted.get(pod.uid()));
        boolean rejected =
            pod.phase().equals("Failed")
                && (REASONS.contains(pod.reason()) || pod.reason().startsWith("OutOf"));
        if (!rejected && target.isEmpty()) {
          continue;
        }
        var hit = hit(facts, pod, rejected ? pod.reason() : target.get().reason, target);
        var now = facts.readAt(pod);
        if (hit.last().filter(at -> at.isAfter(now.minus(HOUR))).isPresent()) {
          lately.merge(hit.cause(), 1, Integer::sum);
        }
        boolean old = hit.last().filter(at -> at.isBefore(now.minus(DAY))).isPresent();
        hits.add(old ? hit.severity(Severity.INFO).detail("more than a day ago") : hit);
      }
      for (Hit hit : hits) {
        boolean many = lately.getOrDefault(hit.cause(), 0) >= MANY;
        // Old ones are not active problems.
        groups.add(
            hit.severity() == Severity.INFO
                ? new Hit(
                    Severity.INFO,
                    hit.cause() + ", more than a day ago",
                    hit.object(),
                    hit.owner(),
                    hit.node(),
                    false,
                    1,
                    hit.first(),
                    hit.last(),
                    "",
                    hit.evidence())
                : many ? hit.severity(Severity.CRITICAL) : hit);
      }
      conclusion.found(
          groups,
          group ->
              group.counted("pod")
                  + " evicted or rejected on "
                  + (group.nodes().isEmpty() ? "no node" : RuleText.list(group.nodes()))
                  + ": "
                  + group.cause().replaceFirst("^[^:]*: ", ""));
    };
  }

  private static Hit hit(Facts facts, PodFact pod, String reason, Optional<Disruption> target) {
    var message = pod.message();
    var resource = message.startsWith(LOW) ? message.substring(LOW.length()) : "";
    int end = resource.indexOf('.');
    var at = target.flatMap(Disruption::at).or(() -> pod.ready().since()).or(pod::created);
    boolean down = facts.isOwnerDown(pod) && !pod.owner().equals(ObjectName.NONE);
    return Hit.of(
            down ? Severity.CRITICAL : Severity.WARNING,
            pod.node()
                + ": "
                + reason
                + (resource.isEmpty()
                    ? ""
                    : ", " + (end < 0 ? RuleText.cut(resource, 60) : resource.substring(0, end))),
            pod,
            facts,
            pod.place().saying("pod " + pod.name().path() + ", " + reason, message))
        .seen(at, at);
  }
}
