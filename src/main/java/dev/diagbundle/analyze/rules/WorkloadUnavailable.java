package dev.diagbundle.analyze.rules;

import module java.base;

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

/// Workloads with fewer available pods than desired.
///
/// If a Deployment is only partly available, the start of that is not recorded: the age of its
/// unready pods is used instead.
final class WorkloadUnavailable extends Rule {
  WorkloadUnavailable() {
    super(
        "workload-unavailable",
        Layer.WORKLOAD,
        "Follow the cause that keeps its pods from becoming ready; describe the named pods.",
        KUBERNETES + "concepts/workloads/controllers/deployment/",
        CheckInput.DEPLOYMENTS,
        CheckInput.REPLICA_SETS,
        CheckInput.STATEFUL_SETS,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var lacking = new ArrayList<Workload>();
    Workload.watch(interests, "deployments", "Deployment", Lack::is, lacking::add);
    Workload.watch(interests, "statefulsets", "StatefulSet", Lack::is, lacking::add);
    Workload.watch(
        interests,
        "replicasets",
        "ReplicaSet",
        set -> Lack.is(set) && set.owner().equals(ObjectName.NONE),
        lacking::add);
    Workload.watch(
        interests,
        "custom-resources/replicationcontrollers",
        "ReplicationController",
        Lack::is,
        lacking::add);
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (Workload workload : lacking) {
        var pods = workload.unready(facts);
        boolean down = workload.availability().isFalse();
        boolean missing =
            workload.isOld()
                && workload.pods(facts).size() < workload.wanted()
                && !isRolling(workload);
        if (!down && pods.isEmpty() && !missing) {
          continue;
        }
        workload.add(groups, hit(workload, pods), pods);
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? group.who() + ": " + group.detail()
                  : group.count()
                      + " workloads ("
                      + group.names()
                      + ") with unavailable pods: "
                      + group.cause());
    };
  }

  /// The test for missing available pods.
  private static final class Lack {
    private Lack() {}

    static boolean is(Workload workload) {
      return workload.wanted() > 0
          && workload.available() < workload.wanted()
          && workload.current();
    }
  }

  /// Returns whether a rollout is in progress, which creates pods itself.
  private static boolean isRolling(Workload workload) {
    return workload.progress().reason().equals("ReplicaSetUpdated")
        && workload.availability().isTrue();
  }

  private static Hit hit(Workload workload, List<PodFact> pods) {
    var reason = pods.isEmpty() ? "its pods do not exist" : "pods " + Workload.reason(pods);
    var count = workload.available() + " of " + RuleText.count(workload.wanted(), "pod");
    var since =
        workload.availability().isFalse()
            ? workload.availability().since().map(at -> " since " + RuleText.time(at)).orElse("")
            : "";
    return Hit.of(
            workload.available() == 0 ? Severity.CRITICAL : Severity.WARNING,
            reason,
            workload.name(),
            workload
                .place()
                .saying(
                    workload.name() + ", " + count + " available",
                    workload.availability().message()))
        .detail(count + " available" + since + ": " + reason);
  }
}
