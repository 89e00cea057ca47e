package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
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

/// StatefulSets that start their pods in order, and whose next pod does not become ready, so that
/// all later ones wait.
final class StatefulsetStuck extends Rule {
  private static final int MAX_PODS = 10_000;

  StatefulsetStuck() {
    super(
        "statefulset-stuck",
        Layer.WORKLOAD,
        "Fix the named pod first; the later ones follow. After correcting a bad template, also"
            + " delete the stuck pod: it is not replaced automatically.",
        KUBERNETES + "tasks/debug/debug-application/debug-statefulset/",
        CheckInput.STATEFUL_SETS,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var sets = new ArrayList<Workload>();
    var revisions = new HashMap<ObjectName, String>();
    interests.objects(
        "statefulsets",
        seen -> {
          var set = Workload.read(seen, "StatefulSet");
          boolean ordered = !Fields.text(set.strategy(), "podManagementPolicy").equals("Parallel");
          if (ordered && set.wanted() > 1 && set.current()) {
            revisions.put(set.name(), Fields.text(seen.tree(), "status", "updateRevision"));
            sets.add(set);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (Workload set : sets) {
        add(facts, set, revisions.getOrDefault(set.name(), ""), groups);
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? group.who() + group.detail()
                  : group.count()
                      + " StatefulSets ("
                      + group.names()
                      + ") blocked: "
                      + group.cause());
    };
  }

  private static void add(Facts facts, Workload set, String revision, HitGroups groups) {
    var pods = new HashMap<String, PodFact>();
    set.pods(facts).forEach(pod -> pods.put(pod.name().name(), pod));
    long start = Fields.number(set.strategy(), "ordinals", "start");
    long partition = Fields.number(set.strategy(), "updateStrategy", "rollingUpdate", "partition");
    boolean byHand = Fields.text(set.strategy(), "updateStrategy", "type").equals("OnDelete");
    long end = start + Math.min(set.wanted(), MAX_PODS);
    for (long i = start; i < end; i++) {
      var pod = pods.get(set.name().name() + "-" + i);
      if (pod == null || (pod.ready().isTrue() && pod.deletion().isEmpty())) {
        continue;
      }
      if (!Workload.isUnready(facts, pod) && pod.deletion().isEmpty()) {
        return;
      }
      boolean waits = false;
      for (long later = i + 1; later < end; later++) {
        var next = pods.get(set.name().name() + "-" + later);
        boolean old =
            next != null
                && !byHand
                && later >= partition
                && !revision.isEmpty()
                && !revision.equals(next.labels().get("controller-revision-hash"));
        waits |= next == null || old;
      }
      if (waits) {
        set.add(groups, hit(set, pod, i), List.of(pod));
      }
      return;
    }
  }

  private static Hit hit(Workload set, PodFact pod, long ordinal) {
    var reason = Workload.reason(pod);
    return Hit.of(
            Severity.CRITICAL,
            reason,
            set.name(),
            set.place()
                .saying(set.name() + ", " + set.ready() + " of " + set.wanted() + " pods ready"))
        .detail(
            " is blocked at ordinal " + ordinal + " (" + pod.name().name() + ": " + reason + ")");
  }
}
