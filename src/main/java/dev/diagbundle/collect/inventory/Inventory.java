package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.describe.DescribedPod;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import java.util.Collection;

/// The index of the cluster's objects from the lists of the run: small records, not the objects.
/// Filled while lists are read, each part by the one thread that reads its list, and read once that
/// list has ended; safe for use by many threads.
public final class Inventory {
  private static final Set<ResourceType> WITH_NODES =
      Set.of(ResourceType.PODS, ResourceType.EVENTS, ResourceType.LEASES);

  private final List<PodFilter> podChoices;
  private final boolean describes;
  private final Set<String> namespaces;
  private final Optional<DescribedObjects> described;
  private final Map<String, NodeSummary> nodes = new LinkedHashMap<>();
  private final Map<String, PackedJson> nodeObjects = new HashMap<>();
  private final ArrayList<PodSummary> pods = new ArrayList<>();
  private final Map<String, List<DescribedPod>> podsByNode = new HashMap<>();
  private final Map<String, List<DescribedEvent>> eventsByNode = new HashMap<>();
  private final Interner nodeValues = new Interner();
  private Interner podValues = new Interner();
  private Interner eventValues = new Interner();
  private final Map<String, PackedJson> leases = new HashMap<>();
  private final Map<String, LogQuerySupport> logQueries = new HashMap<>();
  private final Map<String, RequestFailedException> logQueryRefusals = new HashMap<>();
  private final List<ResourceType> customTypes = new ArrayList<>();
  private final NodeClocks clocks = new NodeClocks();

  /// An inventory that keeps the data that these items need: they seldom need all pods of a large
  /// cluster.
  ///
  /// @param namespaces of the requested objects; empty for all
  /// @param described collection of the objects to describe, which gets the objects it needs
  public Inventory(
      List<ItemSpec> items, Collection<String> namespaces, Optional<DescribedObjects> described) {
    this.namespaces = Set.copyOf(namespaces);
    this.described = described;
    this.podChoices =
        items.stream()
            .filter(ItemSpec.PodLogs.class::isInstance)
            .map(item -> new PodFilter((ItemSpec.PodLogs) item, node -> true))
            .toList();
    this.describes = items.stream().anyMatch(ItemSpec.NodeDescribe.class::isInstance);
  }

  public synchronized void addNode(JsonNode node) {
    var facts = NodeSummary.of(node, nodeValues::shared);
    clocks.addNode(node);
    nodes.put(facts.name(), facts);
    if (describes) {
      nodeObjects.put(facts.name(), PackedJson.of(ObjectCleaner.describedNode(node)));
    }
  }

  synchronized void addPod(JsonNode pod, TimeWindow window) {
    var facts = PodSummary.of(pod, window, podValues);
    if (isWanted(pod)
        && podChoices.stream().anyMatch(choice -> choice.wants(facts.namespace(), facts.name()))) {
      boolean labels = podChoices.stream().anyMatch(PodFilter::readsLabels);
      boolean uid = podChoices.stream().anyMatch(choice -> choice.spec().rotated());
      pods.add(facts.reduced(labels, uid));
    }
    if (describes && !facts.node().isEmpty()) {
      podsByNode
          .computeIfAbsent(facts.node(), node -> new ArrayList<>())
          .add(DescribedPod.of(pod, podValues));
    }
    add(ResourceType.PODS, pod);
  }

  /// Adds an object of any type.
  void add(ResourceType type, JsonNode object) {
    if (described.isPresent() && isWanted(object)) {
      described.get().add(type, object);
    }
  }

  /// Records that the list of a type is complete.
  void end(ResourceType type) {
    described.ifPresent(objects -> objects.end(type));
    synchronized (this) {
      if (type.equals(ResourceType.PODS)) {
        podValues = new Interner();
      } else if (type.equals(ResourceType.EVENTS)) {
        eventValues = new Interner();
      }
    }
  }

  /// Drops the pods that [#pods] returns, when all logs are planned.
  public synchronized void forgetPods() {
    pods.clear();
    pods.trimToSize();
  }

  /// Drops the data of a node's description, when it is written.
  public synchronized void forgetDescribed(String node) {
    nodeObjects.remove(node);
    podsByNode.remove(node);
    eventsByNode.remove(node);
    leases.remove(node);
  }

  private boolean isWanted(JsonNode object) {
    return namespaces.isEmpty()
        || namespaces.contains(object.path("metadata").path("namespace").asText(""));
  }

  /// Returns whether the descriptions of nodes use all objects of this type, in all namespaces.
  boolean countsOnNodes(ResourceType type) {
    return describes && WITH_NODES.contains(type);
  }

  /// The types to be listed before this one: only then is it known which of its objects are to be
  /// kept.
  List<ResourceType> neededBefore(ResourceType type) {
    return described.isPresent() ? DescribedObjects.neededBefore(type) : List.of();
  }

  /// The objects for the descriptions of pods and workloads, if any are requested.
  public Optional<DescribedObjects> described() {
    return described;
  }

  synchronized void addEvent(JsonNode event) {
    var involved = event.path("involvedObject");
    if (describes && involved.path("kind").asText("").equals("Node")) {
      eventsByNode
          .computeIfAbsent(involved.path("name").asText(""), node -> new ArrayList<>())
          .add(DescribedEvent.of(event, eventValues));
    } else {
      add(ResourceType.EVENTS, event);
    }
  }

  synchronized void addLease(JsonNode lease) {
    var metadata = lease.path("metadata");
    if (describes && metadata.path("namespace").asText("").equals("kube-node-lease")) {
      if (metadata instanceof ObjectNode fields) {
        // It is written to no file, here or in the list.
        fields.remove("managedFields");
      }
      leases.put(metadata.path("name").asText(""), PackedJson.of(lease));
    }
  }

  /// Adds a custom type from its definition, in its storage version, or in the first served
  /// version: between two versions, objects may be stored in one that is no longer served.
  public synchronized void addDefinition(JsonNode definition) {
    var spec = definition.path("spec");
    JsonNode best = MissingNode.getInstance();
    for (JsonNode version : spec.path("versions")) {
      boolean served = version.path("served").asBoolean(true);
      if (served && (best.isMissingNode() || version.path("storage").asBoolean())) {
        best = version;
      }
    }
    if (!best.isMissingNode()) {
      customTypes.add(
          new ResourceType(
              spec.path("group").asText(""),
              best.path("name").asText(""),
              spec.path("names").path("plural").asText(""),
              spec.path("names").path("kind").asText(""),
              spec.path("scope").asText("").equals("Namespaced"),
              ""));
    }
  }

  public synchronized void setLogQuery(String node, LogQuerySupport query) {
    logQueries.put(node, query);
    clocks.add(node, query.lead());
  }

  public synchronized void refuseLogQuery(String node, RequestFailedException refusal) {
    logQueryRefusals.put(node, refusal);
  }

  public synchronized Optional<RequestFailedException> logQueryRefusal(String node) {
    return Optional.ofNullable(logQueryRefusals.get(node));
  }

  public synchronized Optional<LogQuerySupport> logQuery(String node) {
    return Optional.ofNullable(logQueries.get(node));
  }

  /// The clocks of the nodes.
  public NodeClocks clocks() {
    return clocks;
  }

  public synchronized List<ResourceType> customTypes() {
    return List.copyOf(customTypes);
  }

  public synchronized Optional<NodeSummary> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  public synchronized List<NodeSummary> nodes() {
    return List.copyOf(nodes.values());
  }

  /// The pods whose logs are requested by an item; with labels only if an item selects by labels.
  public synchronized List<PodSummary> pods() {
    return List.copyOf(pods);
  }

  /// The Node without the fields that a description does not show, until it is described.
  public synchronized Optional<JsonNode> nodeObject(String name) {
    return Optional.ofNullable(nodeObjects.get(name)).map(PackedJson::tree);
  }

  public synchronized List<DescribedPod> podsOn(String node) {
    return List.copyOf(podsByNode.getOrDefault(node, List.of()));
  }

  public synchronized List<DescribedEvent> eventsOf(String node) {
    return List.copyOf(eventsByNode.getOrDefault(node, List.of()));
  }

  public synchronized Optional<JsonNode> leaseOf(String node) {
    return Optional.ofNullable(leases.get(node)).map(PackedJson::tree);
  }
}
