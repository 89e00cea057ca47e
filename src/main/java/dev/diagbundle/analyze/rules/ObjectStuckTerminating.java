package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ClaimUsers;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Objects whose deletion does not complete.
final class ObjectStuckTerminating extends Rule {
  private static final List<String> NAMESPACE_CONDITIONS =
      List.of(
          "NamespaceDeletionDiscoveryFailure",
          "NamespaceDeletionGroupVersionParsingFailure",
          "NamespaceDeletionContentFailure",
          "NamespaceContentRemaining",
          "NamespaceFinalizersRemaining");

  ObjectStuckTerminating() {
    super(
        "object-stuck-terminating",
        Layer.WORKLOAD,
        "Remove the cause: recover the node or add the taint node.kubernetes.io/out-of-service,"
            + " or fix the finalizer's controller or the APIService. Force-delete a StatefulSet"
            + " pod only when its node is certainly off.",
        KUBERNETES + "tasks/run-application/force-delete-stateful-set-pod/",
        CheckInput.PODS,
        CheckInput.NODES,
        CheckInput.CLAIMS,
        CheckInput.VOLUMES,
        CheckInput.objects("namespaces", "namespaces", "namespaces.json"));
  }

  private record Stuck(
      ObjectName name,
      String uid,
      String node,
      List<String> finalizers,
      String words,
      Instant since,
      Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedKillPod", "FailedPreStopHook", "ExceededGracePeriod");
    var patience = interests.thresholds().terminatingFor();
    var stuck = new ArrayList<Stuck>();
    var kinds =
        Map.of(
            "pods", "Pod",
            "namespaces", "Namespace",
            "pvcs", "PersistentVolumeClaim",
            "pvs", "PersistentVolume",
            "nodes", "Node");
    kinds.forEach(
        (folder, kind) -> interests.objects(folder, seen -> add(seen, kind, patience, stuck)));
    return (facts, conclusion) -> {
      var users = new ClaimUsers(facts);
      var pods = new HashMap<String, PodFact>();
      facts.pods().forEach(pod -> pods.put(pod.uid(), pod));
      var groups = HitGroups.byCause();
      for (Stuck each : stuck) {
        // A claim in use is deleted with its last pod, as intended.
        boolean used =
            each.finalizers.contains("kubernetes.io/pvc-protection")
                && !users.of(each.name.path()).isEmpty();
        if (!used) {
          var owner = Optional.ofNullable(pods.get(each.uid)).map(facts::root).orElse(each.name);
          groups.add(hit(facts, each, owner));
        }
      }
      conclusion.found(
          groups,
          group ->
              group.count()
                  + " "
                  + group.cause().replaceFirst(": ", " stuck terminating" + group.detail() + ": ")
                  + " ("
                  + group.names()
                  + ")");
    };
  }

  private static void add(SourceObject seen, String kind, Duration patience, List<Stuck> stuck) {
    var tree = seen.tree();
    var since = Fields.time(tree, "metadata", "deletionTimestamp");
    if (since.isEmpty() || !since.get().isBefore(seen.at().minus(patience))) {
      return;
    }
    var finalizers = new ArrayList<String>();
    Fields.at(tree, "metadata", "finalizers").forEach(each -> finalizers.add(Fields.text(each)));
    var words = "";
    for (String type : NAMESPACE_CONDITIONS) {
      var condition = Workload.condition(tree, type);
      if (kind.equals("Namespace") && condition.isTrue() && words.isEmpty()) {
        words = condition.reason() + " " + condition.message();
      }
    }
    stuck.add(
        new Stuck(
            new ObjectName(kind, seen.namespace(), seen.name()),
            seen.uid(),
            kind.equals("Node") ? seen.name() : Fields.text(tree, "spec", "nodeName"),
            finalizers,
            words,
            since.get(),
            seen.evidence(
                kind + " " + seen.name() + ", deletionTimestamp " + since.get(),
                "finalizers " + finalizers,
                words)));
  }

  private static Hit hit(Facts facts, Stuck each, ObjectName owner) {
    var node = facts.node(each.node);
    var event =
        facts.events().of("FailedKillPod", "FailedPreStopHook", "ExceededGracePeriod").stream()
            .filter(found -> found.uid().equals(each.uid))
            .findFirst();
    var cause =
        !each.words.isEmpty()
            ? RuleText.cut(CauseNormalizer.of(each.words, each.name.name()), 160)
            : !each.node.isEmpty() && node.filter(found -> !found.isReady()).isPresent()
                ? "its node is not ready"
                : !each.finalizers.isEmpty()
                    ? "finalizer " + String.join(", ", each.finalizers)
                    : event.map(found -> found.reason()).orElse("no cause found in the bundle");
    boolean grave = each.name.kind().equals("Namespace") || owner.kind().equals("StatefulSet");
    var minutes = Duration.between(each.since, facts.readAt(each.place.path())).toMinutes();
    return Hit.of(
            grave ? Severity.CRITICAL : Severity.WARNING,
            each.name.kind() + ": " + cause,
            each.name,
            each.place)
        .and(event.map(EventFact::evidence))
        .owner(owner)
        .node(each.node)
        .seen(Optional.of(each.since), Optional.empty())
        .detail(" for " + RuleText.count(minutes, "minute"));
  }
}
