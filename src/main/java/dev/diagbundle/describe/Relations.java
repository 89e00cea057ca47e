package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.ContentDigest;
import dev.diagbundle.describe.kubectl.GoSort;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Interner;

/// The facts about related objects that descriptions need, gathered while listing: pods per
/// controller, pods per claim, replica sets of a Deployment, endpoints of a Service. It keeps
/// counts and names, no JSON.
///
/// Pods and replica sets count for the controller that they name. kubectl also checks the labels in
/// its selector; a controller releases objects that it no longer selects.
///
/// Add the objects of one list in its order. Safe for many threads.
public final class Relations {
  /// The lists it is built from.
  public enum Listed {
    PODS,
    REPLICA_SETS,
    ENDPOINT_SLICES
  }

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final Set<Listed> ended = EnumSet.noneOf(Listed.class);
  private final Interner pool = new Interner();
  private final Map<String, PodCounts> pods = new HashMap<>();
  private final Map<Name, List<String>> users = new HashMap<>();
  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, List<DescribedReplicaSet>> replicaSets = new HashMap<>();
  private final Map<String, ContentDigest> templates = new HashMap<>();
  private final Map<Name, List<DescribedEndpoints>> endpoints = new HashMap<>();

  private record Name(String namespace, String name) {}

  /// Empty relations, with no list ended.
  public Relations() {}

  /// Adds the needed facts of one object of a list.
  public synchronized void add(Listed list, JsonNode object) {
    switch (list) {
      case PODS -> addPod(object);
      case REPLICA_SETS -> {
        var owner = TypedFields.text(TypedFields.controller(object), "uid");
        if (!owner.isEmpty()) {
          replicaSets
              .computeIfAbsent(owner, _ -> new ArrayList<>(1))
              .add(DescribedReplicaSet.of(object));
        }
      }
      case ENDPOINT_SLICES -> {
        var service = TypedFields.text(object, "metadata", "labels", SERVICE_NAME);
        endpoints
            .computeIfAbsent(name(object, service), _ -> new ArrayList<>(1))
            .add(DescribedEndpoints.of(object, pool));
      }
    }
  }

  /// Adds the unredacted template of a Deployment, before values are removed from it: it identifies
  /// the new replica set.
  public synchronized void addTemplate(JsonNode deployment) {
    templates.put(
        TypedFields.text(deployment, "metadata", "uid"), DescribedReplicaSet.template(deployment));
  }

  /// The digest of a Deployment's template.
  synchronized ContentDigest templateOf(JsonNode deployment) {
    var known = templates.get(TypedFields.text(deployment, "metadata", "uid"));
    return known == null ? DescribedReplicaSet.template(deployment) : known;
  }

  /// Returns whether a Service has a ready endpoint; empty if not all endpoints are known, or if
  /// the source of its endpoints is not specified: it selects no pods, and has no slice.
  public synchronized Optional<Boolean> isServed(JsonNode service) {
    return endpointsOf(service)
        .filter(slices -> !slices.isEmpty() || service.path("spec").path("selector").size() > 0)
        .map(slices -> slices.stream().anyMatch(slice -> slice.ready() > 0));
  }

  /// Records that all objects of a list were added. Facts from a list that has not ended are shown
  /// as unknown.
  public synchronized void end(Listed list) {
    ended.add(list);
  }

  private void addPod(JsonNode pod) {
    var owner = TypedFields.text(TypedFields.controller(pod), "uid");
    if (!owner.isEmpty()) {
      var counts = pods.getOrDefault(owner, PodCounts.NONE);
      pods.put(owner, pool.shared(counts.plus(TypedFields.text(pod, "status", "phase"))));
    }
    var name = TypedFields.text(pod, "metadata", "name");
    for (var volume : TypedFields.items(pod, "spec", "volumes")) {
      if (TypedFields.has(volume, "persistentVolumeClaim")) {
        var claim = TypedFields.text(volume, "persistentVolumeClaim", "claimName");
        users.computeIfAbsent(name(pod, claim), _ -> new ArrayList<>(1)).add(name);
      } else if (TypedFields.has(volume, "ephemeral")) {
        holders.put(TypedFields.text(pod, "metadata", "uid"), name);
      }
    }
  }

  private Name name(JsonNode neighbour, String name) {
    return new Name(pool.shared(TypedFields.text(neighbour, "metadata", "namespace")), name);
  }

  /// The pods of a controller by their phases; empty if not all pods are known.
  synchronized Optional<PodCounts> podsOf(JsonNode controller) {
    var uid = TypedFields.text(controller, "metadata", "uid");
    return ended.contains(Listed.PODS)
        ? Optional.of(pods.getOrDefault(uid, PodCounts.NONE))
        : Optional.empty();
  }

  /// The names of the pods that use a claim, once for every volume, and of those that it was made
  /// for; empty if not all pods are known.
  synchronized Optional<List<String>> usersOf(JsonNode claim) {
    if (!ended.contains(Listed.PODS)) {
      return Optional.empty();
    }
    var known = users.get(name(claim, TypedFields.text(claim, "metadata", "name")));
    var names = known == null ? new ArrayList<String>() : new ArrayList<>(known);
    for (var owner : TypedFields.items(claim, "metadata", "ownerReferences")) {
      var holder = holders.get(TypedFields.text(owner, "uid"));
      if (holder != null
          && TypedFields.text(owner, "kind").equals("Pod")
          && !names.contains(holder)) {
        names.add(holder);
      }
    }
    return Optional.of(GoSort.sorted(names, GoText.ORDER));
  }

  /// The replica sets of a Deployment, the oldest first; none if they were not listed.
  synchronized List<DescribedReplicaSet> replicaSetsOf(JsonNode deployment) {
    var known = replicaSets.get(TypedFields.text(deployment, "metadata", "uid"));
    return known == null || !ended.contains(Listed.REPLICA_SETS)
        ? List.of()
        : known.stream().sorted(DescribedReplicaSet.BY_AGE).toList();
  }

  /// The endpoint slices of a Service; empty if they were not listed.
  synchronized Optional<List<DescribedEndpoints>> endpointsOf(JsonNode service) {
    if (!ended.contains(Listed.ENDPOINT_SLICES)) {
      return Optional.empty();
    }
    var known = endpoints.get(name(service, TypedFields.text(service, "metadata", "name")));
    return Optional.of(known == null ? List.of() : List.copyOf(known));
  }
}
