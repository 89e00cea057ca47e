package dev.diagbundle.analyze.rules.support;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;

/// A controller of long-running pods: its status and its pods.
///
/// @param wanted the number of desired pods
/// @param updated the number of pods of the newest template
/// @param current true if its controller has observed the newest specification
/// @param paused true if its rollout is paused
/// @param at the time at which it was read
public record Workload(
    ObjectName name,
    ObjectName owner,
    String uid,
    long wanted,
    long ready,
    long available,
    long updated,
    boolean current,
    boolean paused,
    PodFact.Condition availability,
    PodFact.Condition progress,
    PodFact.Condition failure,
    Optional<Instant> created,
    Instant at,
    JsonNode strategy,
    PodFact.Place place) {
  private static final Duration SOON = Duration.ofMinutes(2);

  /// Subscribes to all workloads of a kind and keeps the chosen ones.
  public static void watch(
      Subscriptions interests,
      String folder,
      String kind,
      Predicate<Workload> wanted,
      Consumer<Workload> keep) {
    interests.objects(
        folder,
        seen -> {
          var workload = read(seen, kind);
          if (wanted.test(workload)) {
            keep.accept(workload);
          }
        });
  }

  public static Workload read(SourceObject seen, String kind) {
    var tree = seen.tree();
    var spec = tree.path("spec");
    var status = tree.path("status");
    boolean daemons = kind.equals("DaemonSet");
    var replicas = spec.path("replicas");
    var owner = ObjectName.NONE;
    for (var reference : Fields.at(tree, "metadata", "ownerReferences")) {
      if (Fields.flag(reference, "controller")) {
        owner =
            new ObjectName(
                Fields.text(reference, "kind"), seen.namespace(), Fields.text(reference, "name"));
      }
    }
    // A counter that is absent is 0; absent replicas are 1.
    return new Workload(
        new ObjectName(kind, seen.namespace(), seen.name()),
        owner,
        seen.uid(),
        daemons
            ? Fields.number(status, "desiredNumberScheduled")
            : replicas.isNumber() ? replicas.asLong() : 1,
        Fields.number(status, daemons ? "numberReady" : "readyReplicas"),
        Fields.number(status, daemons ? "numberAvailable" : "availableReplicas"),
        Fields.number(status, daemons ? "updatedNumberScheduled" : "updatedReplicas"),
        Fields.number(status, "observedGeneration")
            >= Fields.number(tree, "metadata", "generation"),
        Fields.flag(spec, "paused"),
        condition(tree, "Available"),
        condition(tree, "Progressing"),
        condition(tree, "ReplicaFailure"),
        Fields.time(tree, "metadata", "creationTimestamp"),
        seen.at(),
        strategy(tree),
        new PodFact.Place(seen.path(), seen.from(), seen.to()));
  }

  public static PodFact.Condition condition(JsonNode object, String type) {
    var found = Fields.condition(object, type);
    if (!found.isObject()) {
      return PodFact.Condition.ABSENT;
    }
    return new PodFact.Condition(
        Fields.text(found, "status"),
        Fields.text(found, "reason"),
        Fields.text(found, "message"),
        Fields.time(found, "lastTransitionTime"));
  }

  /// Its pods, except terminated ones.
  public List<PodFact> pods(Facts facts) {
    return facts.podsOf(name).stream().filter(pod -> !pod.isOver()).toList();
  }

  /// Those of its pods that have not been ready for two minutes or more.
  public List<PodFact> unready(Facts facts) {
    return pods(facts).stream().filter(pod -> isUnready(facts, pod)).toList();
  }

  public static boolean isUnready(Facts facts, PodFact pod) {
    var since = pod.ready().since().or(pod::created);
    return !pod.ready().isTrue() && Recency.isOlder(since, facts.readAt(pod), SOON);
  }

  /// Returns whether it is old enough to have its desired pods.
  public boolean isOld() {
    return Recency.isOlder(created, at, SOON);
  }

  /// Adds a hit for each pod, so that the cause in the pods, or in their nodes, is found; one hit
  /// if there is no pod.
  public void add(HitGroups groups, Hit hit, List<PodFact> pods) {
    if (pods.isEmpty()) {
      groups.add(hit);
    }
    for (int i = 0; i < pods.size(); i++) {
      var pod = pods.get(i);
      var own = i < 2 ? hit.and(Optional.of(evidence(pod))) : hit;
      groups.add(own.node(pod.node()).times(i == 0 ? 1 : 0));
    }
  }

  private static Evidence evidence(PodFact pod) {
    return pod.place().saying("pod " + pod.name().path() + ": " + reason(pod));
  }

  /// The reason why a pod is not ready, in a word or two, by its status.
  public static String reason(PodFact pod) {
    if (pod.deletion().isPresent()) {
      return "terminating";
    }
    if (pod.scheduled().isFalse()) {
      return "unschedulable";
    }
    for (ContainerFact container : pod.containers()) {
      var waiting = container.waiting();
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return waiting;
      }
      if (container.ended().isPresent() && container.isLasting()) {
        return "exited with code " + container.ended().get().exitCode();
      }
    }
    return pod.ready().status().equals("Unknown") ? "unknown" : "not ready";
  }

  /// The common reason of the pods; the most frequent one if they differ.
  public static String reason(List<PodFact> pods) {
    var counts = new TreeMap<String, Integer>();
    pods.forEach(pod -> counts.merge(reason(pod), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static JsonNode strategy(JsonNode tree) {
    var own = tree.path("spec").deepCopy();
    if (own instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
      // Templates are large, and are not used here.
      object.retain("updateStrategy", "podManagementPolicy", "ordinals", "paused");
    }
    return own;
  }
}
