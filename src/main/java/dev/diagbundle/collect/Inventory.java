package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.LogQuery;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.describe.DescribedPod;
import dev.diagbundle.describe.ValuePool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the lists of the run have taught about the cluster: small records, not the objects. Filled
/// while lists are read, each part by the one thread that reads its list, and read once that list
/// has ended; safe for use by many threads.
final class Inventory {
  private final Map<String, NodeFacts> nodes = new LinkedHashMap<>();
  private final List<PodFacts> pods = new ArrayList<>();
  private final Map<String, List<DescribedPod>> podsByNode = new HashMap<>();
  private final Map<String, List<DescribedEvent>> eventsByNode = new HashMap<>();
  private final ValuePool podValues = new ValuePool();
  private final ValuePool eventValues = new ValuePool();
  private final Map<String, JsonNode> leases = new HashMap<>();
  private final Map<String, LogQuery> logQueries = new HashMap<>();
  private final Map<String, RefusedException> logQueryRefusals = new HashMap<>();
  private final List<ResourceType> customTypes = new ArrayList<>();

  synchronized void addNode(JsonNode node) {
    var facts = NodeFacts.of(node);
    nodes.put(facts.name(), facts);
  }

  synchronized void addPod(JsonNode pod) {
    var facts = PodFacts.of(pod);
    pods.add(facts);
    if (!facts.node().isEmpty()) {
      podsByNode
          .computeIfAbsent(facts.node(), node -> new ArrayList<>())
          .add(DescribedPod.of(pod, podValues));
    }
  }

  synchronized void addEvent(JsonNode event) {
    var involved = event.path("involvedObject");
    if (involved.path("kind").asText("").equals("Node")) {
      eventsByNode
          .computeIfAbsent(involved.path("name").asText(""), node -> new ArrayList<>())
          .add(DescribedEvent.of(event, eventValues));
    }
  }

  synchronized void addLease(JsonNode lease) {
    var metadata = lease.path("metadata");
    if (metadata.path("namespace").asText("").equals("kube-node-lease")) {
      leases.put(metadata.path("name").asText(""), lease);
    }
  }

  /// Learns of a custom type from its definition, in the version that it is stored in.
  synchronized void addDefinition(JsonNode definition) {
    var spec = definition.path("spec");
    for (JsonNode version : spec.path("versions")) {
      if (version.path("storage").asBoolean() && version.path("served").asBoolean(true)) {
        customTypes.add(
            new ResourceType(
                spec.path("group").asText(""),
                version.path("name").asText(""),
                spec.path("names").path("plural").asText(""),
                spec.path("names").path("kind").asText(""),
                spec.path("scope").asText("").equals("Namespaced"),
                ""));
      }
    }
  }

  synchronized void setLogQuery(String node, LogQuery query) {
    logQueries.put(node, query);
  }

  synchronized void refuseLogQuery(String node, RefusedException refusal) {
    logQueryRefusals.put(node, refusal);
  }

  synchronized Optional<RefusedException> logQueryRefusal(String node) {
    return Optional.ofNullable(logQueryRefusals.get(node));
  }

  synchronized Optional<LogQuery> logQuery(String node) {
    return Optional.ofNullable(logQueries.get(node));
  }

  synchronized List<ResourceType> customTypes() {
    return List.copyOf(customTypes);
  }

  synchronized Optional<NodeFacts> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  synchronized List<NodeFacts> nodes() {
    return List.copyOf(nodes.values());
  }

  synchronized List<PodFacts> pods() {
    return List.copyOf(pods);
  }

  synchronized List<DescribedPod> podsOn(String node) {
    return List.copyOf(podsByNode.getOrDefault(node, List.of()));
  }

  synchronized List<DescribedEvent> eventsOf(String node) {
    return List.copyOf(eventsByNode.getOrDefault(node, List.of()));
  }

  synchronized Optional<JsonNode> leaseOf(String node) {
    return Optional.ofNullable(leases.get(node));
  }
}
