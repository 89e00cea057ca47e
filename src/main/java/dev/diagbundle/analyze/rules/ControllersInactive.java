package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// An inactive scheduler or controller manager.
///
/// No object contains the time at which its specification changed, so an object counts only if its
/// controller has never observed it.
final class ControllersInactive extends Rule {
  private static final List<String> COMPONENTS =
      List.of("kube-scheduler", "kube-controller-manager");
  private static final Duration STALE = Duration.ofSeconds(60);
  private static final String SYSTEM = "kube-system";

  ControllersInactive() {
    super(
        "controllers-inactive",
        Layer.CONTROL_PLANE,
        "Check the log of the component's static pod, its connection to the API server, and its"
            + " certificate.",
        KUBERNETES + "concepts/architecture/leases/",
        CheckInput.PODS,
        CheckInput.objects("leases", "leases", "leases/"));
  }

  private record Lease(Optional<Instant> renewed, Instant read, Evidence place) {}

  /// A pod that was never considered for scheduling, or an object that its controller has not
  /// observed.
  private record Symptom(ObjectName name, Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var leases = new HashMap<String, Lease>();
    var unplaced = new ArrayList<Symptom>();
    var unseen = new ArrayList<Symptom>();
    interests.objects(
        "leases",
        seen -> {
          if (seen.namespace().equals(SYSTEM) && COMPONENTS.contains(seen.name())) {
            leases.put(
                seen.name(),
                new Lease(
                    Fields.time(seen.tree(), "spec", "renewTime"),
                    seen.at(),
                    seen.evidence(
                        "lease " + seen.name(),
                        "renewTime " + Fields.text(seen.tree(), "spec", "renewTime"))));
          }
        });
    interests.objects("pods", seen -> addUnplaced(seen, unplaced));
    for (String folder : List.of("deployments", "statefulsets", "daemonsets")) {
      interests.objects(folder, seen -> addUnseen(seen, unseen));
    }
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (String component : COMPONENTS) {
        var symptoms = component.equals("kube-scheduler") ? unplaced : unseen;
        add(facts, component, Optional.ofNullable(leases.get(component)), symptoms, groups);
        if (!leases.containsKey(component) && own(facts, component).isEmpty()) {
          conclusion.unknown(component + ": neither its lease nor its pods are visible");
        }
      }
      conclusion.found(groups, group -> "No active " + group.cause() + group.detail());
    };
  }

  private static void add(
      Facts facts,
      String component,
      Optional<Lease> lease,
      List<Symptom> symptoms,
      HitGroups groups) {
    var name = new ObjectName("component", "", component);
    boolean stale =
        lease.filter(each -> Recency.isOlder(each.renewed, each.read, STALE)).isPresent();
    var pods = own(facts, component);
    boolean down = !pods.isEmpty() && pods.stream().noneMatch(pod -> pod.ready().isTrue());
    // A lease that is renewed outweighs symptoms.
    boolean shown = !symptoms.isEmpty() && lease.isEmpty();
    if (!stale && !down && !shown) {
      return;
    }
    var words = new ArrayList<String>();
    if (stale) {
      words.add(" since " + lease.flatMap(Lease::renewed).map(RuleText::time).orElse(""));
    }
    if (down) {
      words.add(stale ? "its pods are not ready" : ": its pods are not ready");
    }
    if (!symptoms.isEmpty()) {
      words.add(
          (words.isEmpty() ? ": " : "")
              + RuleText.count(symptoms.size(), "object")
              + " not processed ("
              + RuleText.list(symptoms.stream().map(each -> each.name.path()).toList())
              + ")");
    }
    var hit =
        Hit.of(Severity.CRITICAL, component, name)
            .and(lease.map(Lease::place))
            .and(symptoms.stream().findFirst().map(Symptom::place))
            .detail(String.join(", ", words));
    groups.add(hit);
    if (down) {
      pods.forEach(pod ->
          groups.add(
              hit.owner(pod.name())
                  .node(pod.node())
                  .times(0)
                  .and(
                      Optional.of(
                          pod.place()
                              .saying("pod " + pod.name().path() + ": " + Workload.reason(pod))))));
    }
  }

  private static List<PodFact> own(Facts facts, String component) {
    return facts.pods().stream()
        .filter(pod -> pod.name().namespace().equals(SYSTEM))
        .filter(pod ->
            pod.name().name().startsWith(component + "-")
                && (pod.settings().mirror() || component.equals(pod.labels().get("component"))))
        .toList();
  }

  private static void addUnplaced(SourceObject seen, List<Symptom> unplaced) {
    var tree = seen.tree();
    var scheduler = Fields.text(tree, "spec", "schedulerName");
    boolean ours = scheduler.isEmpty() || scheduler.equals("default-scheduler");
    if (ours
        && Fields.text(tree, "status", "phase").equals("Pending")
        && Fields.text(tree, "spec", "nodeName").isEmpty()
        && !Fields.condition(tree, "PodScheduled").isObject()
        && isOld(seen)) {
      unplaced.add(
          new Symptom(
              new ObjectName("Pod", seen.namespace(), seen.name()),
              seen.evidence("pod " + seen.namespace() + "/" + seen.name(), "no PodScheduled")));
    }
  }

  private static void addUnseen(SourceObject seen, List<Symptom> unseen) {
    long observed = Fields.number(seen.tree(), "status", "observedGeneration");
    if (observed == 0 && Fields.number(seen.tree(), "metadata", "generation") > 0 && isOld(seen)) {
      var path = seen.namespace() + "/" + seen.name();
      unseen.add(
          new Symptom(
              new ObjectName("", seen.namespace(), seen.name()),
              seen.evidence(path + ": no observedGeneration")));
    }
  }

  private static boolean isOld(SourceObject seen) {
    return Recency.isOlder(
        Fields.time(seen.tree(), "metadata", "creationTimestamp"), seen.at(), STALE);
  }
}
