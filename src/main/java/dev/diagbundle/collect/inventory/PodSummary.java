package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.PodHealth;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ContainerState;

/// The facts about one pod that planning needs.
///
/// @param namespace of the pod
/// @param name of the pod
/// @param uid under which its node knows it
/// @param node it was scheduled to; empty if it was not
/// @param labels all of them
/// @param containers in the order of the spec: init, main, ephemeral
/// @param owner its controller
/// @param phase of its life
/// @param isBroken true if it needs attention according to [PodHealth]
/// @param created time of its creation, in seconds since 1970
/// @param availability of its containers at the node
public record PodSummary(
    String namespace,
    String name,
    String uid,
    String node,
    Map<String, String> labels,
    List<ContainerFacts> containers,
    Owner owner,
    String phase,
    boolean isBroken,
    long created,
    Availability availability) {
  /// The annotation of the uid on the node. A static pod has one uid in the API, of its mirror, and
  /// another on its node, where it was created from a file: the hash of that
  /// (`pkg/kubelet/pod/mirror_client.go`).
  private static final String MIRRORED = "kubernetes.io/config.mirror";

  private static final List<String> PHASES =
      List.of("Pending", "Running", "Succeeded", "Failed", "Unknown");

  /// The availability of a pod's containers, without which it has no logs. The kubelet removes all
  /// containers of an evicted pod (`ShouldPodContentBeRemoved` in `pkg/kubelet/pod_workers.go`),
  /// and creates none of a pod that it rejects.
  public enum Availability {
    /// Its node has them, had them, or may still create them.
    EXPECTED,
    /// It was evicted.
    EVICTED,
    /// It has ended, and its status contains no container that its node knew.
    NO_CONTAINER;

    /// The reason of a container that the kubelet did not find when its pod had ended
    /// (`pkg/kubelet/status/status_manager.go`).
    private static final String LOST = "ContainerStatusUnknown";

    static Availability of(JsonNode status) {
      var phase = status.path("phase").asText("");
      if (!phase.equals("Failed") && !phase.equals("Succeeded")) {
        return EXPECTED;
      }
      if (status.path("reason").asText("").equals("Evicted")) {
        return EVICTED;
      }
      boolean known =
          Stream.of(ContainerFacts.Part.values())
              .flatMap(part -> status.path(part.statuses).valueStream())
              .anyMatch(Availability::isKnown);
      return known ? EXPECTED : NO_CONTAINER;
    }

    private static boolean isKnown(JsonNode container) {
      var state = container.path("state");
      var ended = state.path("terminated");
      return state.has("running")
          || (ended.isObject() && !ended.path("reason").asText("").equals(LOST));
    }
  }

  /// The controller of a pod. Names are long and mostly a prefix of the pod's own, so such a name
  /// is stored as its length.
  ///
  /// @param kind for example `ReplicaSet`; empty if it has no controller
  /// @param length of the name, if it is a prefix of the pod's
  /// @param other the name if it is not a prefix
  record Owner(String kind, int length, String other) {
    static final Owner NONE = new Owner("", 0, "");

    private static final List<String> KINDS =
        List.of("ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController", "Node");

    static Owner of(JsonNode metadata) {
      for (JsonNode owner : metadata.path("ownerReferences")) {
        if (owner.path("controller").asBoolean()) {
          var name = owner.path("name").asText("");
          boolean begins = metadata.path("name").asText("").startsWith(name);
          var kind = shared(owner.path("kind").asText(""), KINDS);
          return new Owner(kind, begins ? name.length() : 0, begins ? "" : name);
        }
      }
      return NONE;
    }

    String name(String pod) {
      return other.isEmpty() ? pod.substring(0, length) : other;
    }
  }

  public PodSummary {
    labels = Map.copyOf(labels);
    containers = List.copyOf(containers);
  }

  /// A pod that only its node still knows.
  public static PodSummary gone(String namespace, String name, String node) {
    return new PodSummary(
        namespace,
        name,
        "",
        node,
        Map.of(),
        List.of(),
        Owner.NONE,
        "",
        true,
        0,
        Availability.EXPECTED);
  }

  /// @param window of the run
  /// @param pool of the values that many pods share
  static PodSummary of(JsonNode pod, TimeWindow window, Interner pool) {
    var metadata = pod.path("metadata");
    var spec = pod.path("spec");
    var status = pod.path("status");
    var containers = new ArrayList<ContainerFacts>();
    for (ContainerFacts.Part part : ContainerFacts.Part.values()) {
      containers.addAll(ContainerFacts.of(part, spec, status));
    }
    var labels = new LinkedHashMap<String, String>();
    metadata
        .path("labels")
        .properties()
        .forEach(label ->
            labels.put(pool.shared(label.getKey()), pool.shared(label.getValue().asText(""))));
    return new PodSummary(
        pool.shared(metadata.path("namespace").asText("")),
        metadata.path("name").asText(""),
        uid(metadata),
        pool.shared(spec.path("nodeName").asText("")),
        pool.shared(Map.copyOf(labels)),
        pool.shared(List.copyOf(containers)),
        Owner.of(metadata),
        shared(status.path("phase").asText(""), PHASES),
        PodHealth.of(pod, window).needsAttention(),
        PodHealth.time(metadata.path("creationTimestamp")).map(Instant::getEpochSecond).orElse(0L),
        Availability.of(status));
  }

  /// The values of the fields that selectors can name.
  Map<String, String> fields() {
    return Map.of(
        "metadata.name", name,
        "metadata.namespace", namespace,
        "spec.nodeName", node,
        "status.phase", phase);
  }

  /// This pod with or without its labels and its uid.
  PodSummary reduced(boolean withLabels, boolean withUid) {
    return new PodSummary(
        namespace,
        name,
        withUid ? uid : "",
        node,
        withLabels ? labels : Map.of(),
        containers,
        owner,
        phase,
        isBroken,
        created,
        availability);
  }

  private static String uid(JsonNode metadata) {
    return metadata.path("annotations").path(MIRRORED).asText(metadata.path("uid").asText(""));
  }

  /// A shared instance of the strings that occur in every pod.
  private static String shared(String text, List<String> known) {
    int index = known.indexOf(text);
    return index < 0 ? text : known.get(index);
  }

  /// The facts about one container that planning needs.
  ///
  /// @param name of the container
  /// @param part of the pod's spec that contains it
  /// @param state its current state; empty if not reported
  /// @param broken true if it cannot start, or has ended with a failure
  /// @param restarted true if there was a run before the present one
  /// @param crashed true if that previous run ended with a failure
  /// @param run the number of the present run, which names its log file on the node
  public record ContainerFacts(
      String name,
      Part part,
      Optional<ContainerState> state,
      boolean broken,
      boolean restarted,
      boolean crashed,
      int run) {
    /// The lists of containers in a pod.
    enum Part {
      INIT("initContainers", "initContainerStatuses"),
      MAIN("containers", "containerStatuses"),
      EPHEMERAL("ephemeralContainers", "ephemeralContainerStatuses");

      private final String specs;
      private final String statuses;

      Part(String specs, String statuses) {
        this.specs = specs;
        this.statuses = statuses;
      }
    }

    /// A container that only its node still knows.
    public static ContainerFacts gone(String name) {
      return new ContainerFacts(name, Part.MAIN, Optional.empty(), false, false, false, 0);
    }

    private static List<ContainerFacts> of(Part part, JsonNode spec, JsonNode status) {
      var containers = new ArrayList<ContainerFacts>();
      for (JsonNode container : spec.path(part.specs)) {
        var name = container.path("name").asText("");
        JsonNode own = MissingNode.getInstance();
        for (JsonNode candidate : status.path(part.statuses)) {
          if (candidate.path("name").asText("").equals(name)) {
            own = candidate;
          }
        }
        containers.add(of(name, part, own));
      }
      return containers;
    }

    private static ContainerFacts of(String name, Part part, JsonNode status) {
      var state = status.path("state");
      var last = status.path("lastState").path("terminated");
      int run = status.path("restartCount").asInt(0);
      boolean crashed = last.path("exitCode").asInt(0) != 0;
      return new ContainerFacts(
          name,
          part,
          stateOf(state),
          crashed || PodHealth.hasFailed(status),
          run > 0 || last.isObject(),
          crashed,
          run);
    }

    private static Optional<ContainerState> stateOf(JsonNode state) {
      for (ContainerState one : ContainerState.values()) {
        if (state.has(one.label())) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }
  }
}
