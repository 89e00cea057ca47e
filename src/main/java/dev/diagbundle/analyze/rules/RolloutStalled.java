package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
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
import dev.diagbundle.model.Fields;

/// Rollouts that do not progress.
///
/// The status of a DaemonSet does not name its newest revision: the newest of its pods is used
/// instead.
final class RolloutStalled extends Rule {
  private static final Set<String> STALLED =
      Set.of("ProgressDeadlineExceeded", "ReplicaSetCreateError");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String HASH = "controller-revision-hash";

  RolloutStalled() {
    super(
        "rollout-stalled",
        Layer.WORKLOAD,
        "Fix what keeps the new pods from becoming ready, or roll back with kubectl rollout"
            + " undo.",
        KUBERNETES + "concepts/workloads/controllers/deployment/",
        CheckInput.DEPLOYMENTS,
        CheckInput.STATEFUL_SETS,
        CheckInput.DAEMON_SETS,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var deployments = new ArrayList<Workload>();
    var sets = new ArrayList<Workload>();
    var revisions = new HashMap<ObjectName, String>();
    Workload.watch(
        interests,
        "deployments",
        "Deployment",
        each -> each.progress().isFalse() && STALLED.contains(each.progress().reason()),
        deployments::add);
    Workload.watch(
        interests,
        "daemonsets",
        "DaemonSet",
        each -> each.updated() < each.wanted() && isRolling(each),
        sets::add);
    interests.objects(
        "statefulsets",
        seen -> {
          var newest = Fields.text(seen.tree(), "status", "updateRevision");
          var set = Workload.read(seen, "StatefulSet");
          long partition =
              Fields.number(set.strategy(), "updateStrategy", "rollingUpdate", "partition");
          if (!newest.isEmpty()
              && !newest.equals(Fields.text(seen.tree(), "status", "currentRevision"))
              && set.updated() < set.wanted() - partition
              && isRolling(set)) {
            revisions.put(set.name(), newest);
            sets.add(set);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (Workload workload : deployments) {
        var pods = workload.unready(facts);
        var reason = workload.progress().reason();
        workload.add(
            groups,
            hit(
                workload,
                workload.paused()
                    ? Severity.INFO
                    : workload.availability().isFalse() ? Severity.CRITICAL : Severity.WARNING,
                pods.isEmpty() ? reason : reason + ", pods " + Workload.reason(pods),
                workload.progress().message()),
            pods);
      }
      for (Workload workload : sets) {
        newest(facts, workload, revisions.getOrDefault(workload.name(), ""))
            .filter(pod -> isStuck(facts, pod))
            .ifPresent(pod ->
                workload.add(
                    groups,
                    hit(
                        workload,
                        Severity.WARNING,
                        "the newest pod is not ready (" + Workload.reason(pod) + ")",
                        ""),
                    List.of(pod)));
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? "Rollout of " + group.who() + group.detail()
                  : group.count() + " rollouts stalled (" + group.names() + "): " + group.cause());
    };
  }

  private static boolean isRolling(Workload workload) {
    return !Fields.text(workload.strategy(), "updateStrategy", "type").equals("OnDelete");
  }

  /// The newest pod of the newest revision.
  private static Optional<PodFact> newest(Facts facts, Workload workload, String revision) {
    return workload.pods(facts).stream()
        .filter(pod -> revision.isEmpty() || revision.equals(pod.labels().get(HASH)))
        .max(Comparator.comparing(pod -> pod.created().orElse(Instant.MIN)));
  }

  private static boolean isStuck(Facts facts, PodFact pod) {
    var since = pod.ready().since().or(pod::created);
    return !pod.ready().isTrue() && Recency.isOlder(since, facts.readAt(pod), LONG);
  }

  private static Hit hit(Workload workload, Severity severity, String cause, String message) {
    return Hit.of(
            severity,
            cause,
            workload.name(),
            workload
                .place()
                .saying(
                    workload.name()
                        + ", "
                        + workload.updated()
                        + " of "
                        + workload.wanted()
                        + " updated",
                    message))
        .detail(
            " stalled at "
                + workload.updated()
                + "/"
                + workload.wanted()
                + (workload.paused() ? " (paused)" : "")
                + ": "
                + cause);
  }
}
