package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.collect.inventory.NewestObjects.Kept;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.describe.DescribedKind;
import dev.diagbundle.describe.Relations;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.PodHealth;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.DescribedPods;
import dev.diagbundle.profile.ItemSpec;

/// The objects for the descriptions of pods and workloads, selected while the lists are read: the
/// pods that need attention, their owners and related objects, and the events. It holds a bounded
/// number of objects, packed, those that failed last. Safe for use by many threads.
///
/// Pods are read before everything else, ReplicaSets before Deployments, Jobs before CronJobs
/// ([#neededBefore]), so that for each object it is known on arrival if it is needed.
public final class DescribedObjects {
  static final int MAX_OBJECTS = 2_000;
  private static final int MAX_POD_BYTES = 8 << 20;
  private static final int MAX_WORKLOAD_BYTES = 4 << 20;
  private static final int MAX_EVENT_BYTES = 8 << 20;

  /// The kinds other than pods, in the order in which they can be selected.
  public static final List<ResourceType> WORKLOADS =
      Stream.of(
              "replicasets",
              "jobs",
              "endpointslices",
              "deployments",
              "statefulsets",
              "daemonsets",
              "cronjobs",
              "services",
              "persistentvolumeclaims")
          .flatMap(name -> ResourceType.known(name).stream())
          .toList();

  private final DescribedPods choice;
  private final boolean workloadsWanted;
  private final TimeWindow window;
  private final Relations relations = new Relations();
  private final PackedEvents events = new PackedEvents(MAX_EVENT_BYTES);
  private final NewestObjects<PodReferences> pods = new NewestObjects<>(MAX_OBJECTS, MAX_POD_BYTES);
  private final NewestObjects<ResourceType> workloads =
      new NewestObjects<>(MAX_OBJECTS, MAX_WORKLOAD_BYTES);
  private final Interner labels = new Interner();
  private Optional<Ties> ties = Optional.empty();
  private long troubled;

  /// The references of the pods that need attention to other objects.
  ///
  /// @param owners uids, also of owners of owners
  /// @param labels of such pods by namespace
  /// @param claims their namespaces and names
  private record Ties(
      Set<String> owners, Map<String, Set<Map<String, String>>> labels, Set<String> claims) {}

  private DescribedObjects(DescribedPods choice, boolean workloadsWanted, TimeWindow window) {
    this.choice = choice;
    this.workloadsWanted = workloadsWanted;
    this.window = window;
  }

  /// The joint collection of objects to describe for these items; empty if none of them describes
  /// any.
  public static Optional<DescribedObjects> of(List<ItemSpec> items, RunWindow window) {
    var choice = DescribedPods.NONE;
    boolean workloads = false;
    var widest = window.whole();
    for (ItemSpec item : items) {
      if (item instanceof ItemSpec.Describe describe) {
        workloads |= describe.workloads();
        choice = wider(choice, describe.pods());
        var own = window.of(item);
        widest = own.from().isBefore(widest.from()) ? own : widest;
      }
    }
    return choice == DescribedPods.NONE && !workloads
        ? Optional.empty()
        : Optional.of(new DescribedObjects(choice, workloads, widest));
  }

  private static DescribedPods wider(DescribedPods one, DescribedPods other) {
    if (one == DescribedPods.NONE) {
      return other;
    }
    return other == DescribedPods.ALL ? other : one;
  }

  /// The types whose objects must have come before this one's.
  static List<ResourceType> neededBefore(ResourceType type) {
    if (!WORKLOADS.contains(type) || type.equals(ResourceType.ENDPOINT_SLICES)) {
      return List.of();
    }
    return switch (type.plural()) {
      case "deployments" -> List.of(ResourceType.PODS, ResourceType.REPLICA_SETS);
      case "cronjobs" -> List.of(ResourceType.PODS, ResourceType.JOBS);
      case "services" -> List.of(ResourceType.PODS, ResourceType.ENDPOINT_SLICES);
      default -> List.of(ResourceType.PODS);
    };
  }

  /// Returns whether pods are to be described.
  public boolean wantsPods() {
    return choice != DescribedPods.NONE;
  }

  public boolean wantsAllPods() {
    return choice == DescribedPods.ALL;
  }

  public boolean wantsWorkloads() {
    return workloadsWanted;
  }

  /// Adds one object of a list, as far as it is needed.
  synchronized void add(ResourceType type, JsonNode object) {
    if (type.equals(ResourceType.EVENTS)) {
      events.add(object);
    } else if (type.equals(ResourceType.PODS)) {
      addPod(object);
    } else if (workloadsWanted && type.equals(ResourceType.ENDPOINT_SLICES)) {
      relations.add(Relations.Listed.ENDPOINT_SLICES, object);
    } else if (workloadsWanted) {
      DescribedKind.of(type.group(), type.kind())
          .ifPresent(kind -> addWorkload(type, kind, object));
    }
  }

  private void addPod(JsonNode pod) {
    if (workloadsWanted) {
      relations.add(Relations.Listed.PODS, pod);
    }
    var health = PodHealth.of(pod, window);
    if (health.needsAttention()) {
      troubled++;
    }
    if (health.needsAttention() || choice == DescribedPods.ALL) {
      pods.offer(health.needsAttention(), health.since(), pod, PodReferences.of(pod, labels));
    }
  }

  private void addWorkload(ResourceType type, DescribedKind kind, JsonNode object) {
    if (kind == DescribedKind.REPLICA_SET) {
      relations.add(Relations.Listed.REPLICA_SETS, object);
    }
    if (WorkloadHealth.is(kind, object) || isTied(kind, object)) {
      var owner = PodReferences.ownerOf(object);
      if (!owner.isEmpty()) {
        ties().owners().add(owner);
      }
      workloads.offer(true, changed(object), object, type);
    }
  }

  private boolean isTied(DescribedKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    var namespace = metadata.path("namespace").asText("");
    return switch (kind) {
      case SERVICE -> selects(object, namespace) || isUnserved(object);
      case PERSISTENT_VOLUME_CLAIM ->
          ties().claims().contains(namespace + "/" + metadata.path("name").asText(""));
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET, JOB, CRON_JOB ->
          ties().owners().contains(metadata.path("uid").asText(""));
    };
  }

  private boolean selects(JsonNode service, String namespace) {
    var selector = PodReferences.texts(service.path("spec").path("selector"), new Interner());
    return !selector.isEmpty()
        && ties().labels().getOrDefault(namespace, Set.of()).stream()
            .anyMatch(pod -> pod.entrySet().containsAll(selector.entrySet()));
  }

  private boolean isUnserved(JsonNode service) {
    return !service.path("spec").path("type").asText("").equals("ExternalName")
        && !relations.isServed(service).orElse(true);
  }

  /// The references, computed when all pods have been read.
  private Ties ties() {
    if (ties.isEmpty()) {
      var all = new Ties(new HashSet<>(), new LinkedHashMap<>(), new HashSet<>());
      for (Kept<PodReferences> pod : pods.newestFirst()) {
        if (pod.urgent()) {
          all.owners().add(pod.facts().owner());
          all.labels()
              .computeIfAbsent(pod.namespace(), _ -> new HashSet<>())
              .add(pod.facts().labels());
          pod.facts().claims().forEach(claim -> all.claims().add(pod.namespace() + "/" + claim));
        }
      }
      all.owners().remove("");
      ties = Optional.of(all);
    }
    return ties.get();
  }

  /// Records that a list is complete, so that objects not in it do not exist.
  synchronized void end(ResourceType type) {
    if (type.equals(ResourceType.PODS)) {
      relations.end(Relations.Listed.PODS);
    } else if (type.equals(ResourceType.REPLICA_SETS)) {
      relations.end(Relations.Listed.REPLICA_SETS);
    } else if (type.equals(ResourceType.ENDPOINT_SLICES)) {
      relations.end(Relations.Listed.ENDPOINT_SLICES);
    }
  }

  public Relations relations() {
    return relations;
  }

  /// The pods to describe, those that failed last first.
  public synchronized List<Kept<ResourceType>> pods() {
    return pods.newestFirst().stream()
        .map(pod ->
            new Kept<>(
                pod.urgent(),
                pod.time(),
                pod.namespace(),
                pod.name(),
                pod.object(),
                ResourceType.PODS))
        .toList();
  }

  /// The number of pods to describe, including those that there is no room for.
  public synchronized long podsWanted() {
    return pods.offered();
  }

  /// The number of pods that need attention.
  public synchronized long podsInTrouble() {
    return troubled;
  }

  /// The workloads, Services and claims to describe, those that changed last first.
  public synchronized List<Kept<ResourceType>> workloads() {
    return workloads.newestFirst();
  }

  public synchronized long workloadsWanted() {
    return workloads.offered();
  }

  /// The events about the objects of these keys, by their keys.
  public Map<String, List<DescribedEvent>> eventsAbout(Set<String> keys) {
    return events.about(keys);
  }

  /// The number of events that there was no room for.
  public long eventsDropped() {
    return events.dropped();
  }

  private static Instant created(JsonNode object) {
    return PodHealth.time(object.path("metadata").path("creationTimestamp")).orElse(Instant.MIN);
  }

  private static Instant changed(JsonNode object) {
    var newest = created(object);
    for (JsonNode condition : object.path("status").path("conditions")) {
      var time = PodHealth.time(condition.path("lastTransitionTime"));
      if (time.isPresent() && time.get().isAfter(newest)) {
        newest = time.get();
      }
    }
    return newest;
  }
}
