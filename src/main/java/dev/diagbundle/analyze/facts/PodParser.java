package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.diagbundle.analyze.facts.ContainerFact.Role;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.Quantity;

/// A parser of pods that keeps only the facts that rules need.
public final class PodParser {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final int MAX_LABELS = 64;

  private final Interner pool;

  public PodParser(Interner pool) {
    this.pool = pool;
  }

  public PodFact read(SourceObject seen) {
    var pod = seen.tree();
    var spec = pod.path("spec");
    var status = pod.path("status");
    var namespace = pool.shared(seen.namespace());
    return new PodFact(
        new ObjectName("Pod", namespace, seen.name()),
        seen.uid(),
        pool.shared(Fields.text(spec, "nodeName")),
        owner(pod, pool),
        labels(pod),
        new PodFact.Settings(
            pool.shared(Fields.text(spec, "restartPolicy")),
            pool.shared(Fields.text(spec, "dnsPolicy")),
            pool.shared(Fields.text(spec, "priorityClassName")),
            Fields.flag(spec, "hostNetwork"),
            !Fields.text(pod, "metadata", "annotations", MIRROR).isEmpty()),
        pool.shared(Fields.text(status, "phase")),
        pool.shared(Fields.text(status, "reason")),
        pool.shared(Fields.text(status, "message")),
        Fields.time(pod, "metadata", "creationTimestamp"),
        Fields.time(pod, "metadata", "deletionTimestamp"),
        condition(pod, "Ready"),
        condition(pod, "PodScheduled"),
        condition(pod, "PodReadyToStartContainers"),
        containers(spec, status),
        request(spec, "cpu"),
        request(spec, "memory"),
        claims(spec, seen.name()),
        new PodFact.Place(seen.path(), seen.from(), seen.to()));
  }

  /// The controller of an object.
  public static ObjectName owner(JsonNode object, Interner pool) {
    for (var reference : Fields.at(object, "metadata", "ownerReferences")) {
      if (Fields.flag(reference, "controller")) {
        return new ObjectName(
            pool.shared(Fields.text(reference, "kind")),
            pool.shared(Fields.text(object, "metadata", "namespace")),
            pool.shared(Fields.text(reference, "name")));
      }
    }
    return ObjectName.NONE;
  }

  /// A volume that lives as long as its pod has a claim that is named after both
  /// (<https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/>).
  private List<String> claims(JsonNode spec, String pod) {
    var claims = new ArrayList<String>();
    for (var volume : spec.path("volumes")) {
      var claim = Fields.text(volume, "persistentVolumeClaim", "claimName");
      if (!claim.isEmpty()) {
        claims.add(pool.shared(claim));
      }
      if (volume.has("ephemeral")) {
        claims.add(pod + "-" + Fields.text(volume, "name"));
      }
    }
    return claims;
  }

  private Map<String, String> labels(JsonNode pod) {
    var labels = new HashMap<String, String>();
    for (var label : Fields.at(pod, "metadata", "labels").properties()) {
      if (labels.size() < MAX_LABELS) {
        labels.put(pool.shared(label.getKey()), pool.shared(label.getValue().asText("")));
      }
    }
    return labels;
  }

  private PodFact.Condition condition(JsonNode pod, String type) {
    var found = Fields.condition(pod, type);
    if (!found.isObject()) {
      return PodFact.Condition.ABSENT;
    }
    return new PodFact.Condition(
        pool.shared(Fields.text(found, "status")),
        pool.shared(Fields.text(found, "reason")),
        pool.shared(Fields.text(found, "message")),
        Fields.time(found, "lastTransitionTime"));
  }

  private List<ContainerFact> containers(JsonNode spec, JsonNode status) {
    var all = new ArrayList<ContainerFact>();
    add(all, spec.path("initContainers"), status.path("initContainerStatuses"), Role.INIT);
    add(all, spec.path("containers"), status.path("containerStatuses"), Role.MAIN);
    add(
        all,
        spec.path("ephemeralContainers"),
        status.path("ephemeralContainerStatuses"),
        Role.EPHEMERAL);
    return all;
  }

  private void add(List<ContainerFact> all, JsonNode specs, JsonNode statuses, Role role) {
    // A name may be in one of the two only: a pod that has not started has no statuses.
    for (var spec : specs) {
      boolean lasting = Fields.text(spec, "restartPolicy").equals("Always");
      all.add(
          ContainerFact.of(
              named(statuses, Fields.text(spec, "name")),
              spec,
              role == Role.INIT && lasting ? Role.SIDECAR : role,
              pool));
    }
    for (var status : statuses) {
      if (!named(specs, Fields.text(status, "name")).isObject()) {
        all.add(ContainerFact.of(status, MissingNode.getInstance(), role, pool));
      }
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    for (var each : list) {
      if (Fields.text(each, "name").equals(name)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  /// The request that the scheduler counts: the sum of the permanent containers, or the largest
  /// init container if it needs more, plus the pod's overhead.
  private static long request(JsonNode spec, String resource) {
    long lasting = 0;
    long peak = 0;
    for (var container : spec.path("initContainers")) {
      long amount = Quantity.thousandths(amount(container, resource));
      if (Fields.text(container, "restartPolicy").equals("Always")) {
        lasting += amount;
        peak = Math.max(peak, lasting);
      } else {
        peak = Math.max(peak, lasting + amount);
      }
    }
    for (var container : spec.path("containers")) {
      lasting += Quantity.thousandths(amount(container, resource));
    }
    return Math.max(lasting, peak) + Quantity.thousandths(Fields.text(spec, "overhead", resource));
  }

  private static String amount(JsonNode container, String resource) {
    return Fields.text(container, "resources", "requests", resource);
  }
}
