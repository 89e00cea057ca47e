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
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// DaemonSets without a ready pod on some of their nodes.
///
/// The nodes on which a DaemonSet should run are not computed: the finding names the nodes of its
/// pods that are not ready.
final class DaemonsetIncomplete extends Rule {
  /// Without these, pods of the node have no network or no volumes.
  private static final Pattern VITAL =
      Pattern.compile(
          "kube-proxy|calico-node|canal|cilium|flannel|antrea|weave|kindnet|aws-node|azure-cni|"
              + "ovnkube|kube-router|multus|csi");

  DaemonsetIncomplete() {
    super(
        "daemonset-incomplete",
        Layer.WORKLOAD,
        "Fix its pods on the named nodes.",
        KUBERNETES + "concepts/workloads/controllers/daemonset/",
        CheckInput.DAEMON_SETS,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var sets = new ArrayList<Workload>();
    var strays = new HashMap<ObjectName, Long>();
    interests.objects(
        "daemonsets",
        seen -> {
          var set = Workload.read(seen, "DaemonSet");
          long misplaced = Fields.number(seen.tree(), "status", "numberMisscheduled");
          if (misplaced > 0) {
            strays.put(set.name(), misplaced);
          }
          if (set.ready() < set.wanted() || set.wanted() == 0 || misplaced > 0) {
            sets.add(set);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (Workload set : sets) {
        add(facts, set, strays.getOrDefault(set.name(), 0L), groups);
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? group.who() + group.detail()
                  : group.count() + " DaemonSets (" + group.names() + "): " + group.cause());
    };
  }

  private static void add(Facts facts, Workload set, long misplaced, HitGroups groups) {
    var place =
        set.place().saying(set.name() + ", " + set.ready() + " of " + set.wanted() + " pods ready");
    if (set.ready() < set.wanted()) {
      var pods = set.unready(facts);
      boolean missing = set.isOld() && set.current() && set.pods(facts).size() < set.wanted();
      if (pods.isEmpty() && !missing) {
        return;
      }
      var names = pods.stream().map(PodFact::node).filter(node -> !node.isEmpty()).distinct();
      var list = RuleText.list(names.sorted().toList());
      boolean vital = VITAL.matcher(set.name().name()).find();
      var cause = pods.isEmpty() ? "its pods do not exist" : "pods " + Workload.reason(pods);
      set.add(
          groups,
          Hit.of(vital ? Severity.CRITICAL : Severity.WARNING, cause, set.name(), place)
              .detail(
                  " is missing on "
                      + RuleText.count(set.wanted() - set.ready(), "node")
                      + (list.isEmpty() ? "" : " (" + list + ")")
                      + ": "
                      + cause),
          pods);
      return;
    }
    if (set.wanted() == 0 && !facts.nodes().isEmpty() && set.current()) {
      groups.add(
          Hit.of(Severity.INFO, "it matches no node", set.name(), place)
              .detail(" matches no node"));
    }
    if (misplaced > 0) {
      groups.add(
          Hit.of(Severity.INFO, "it runs on excluded nodes", set.name(), place)
              .detail(
                  " runs on " + RuleText.count(misplaced, "node") + " that it should not run on"));
    }
  }
}
