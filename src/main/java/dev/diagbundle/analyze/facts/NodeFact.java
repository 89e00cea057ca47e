package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;

/// The facts about a node that rules need.
///
/// @param conditions its conditions by type
/// @param taints the keys of its taints
/// @param allocatable its allocatable amounts as written, by resource
/// @param info its `status.nodeInfo`
public record NodeFact(
    ObjectName name,
    String uid,
    Map<String, String> labels,
    Map<String, PodFact.Condition> conditions,
    List<String> taints,
    boolean cordoned,
    Map<String, String> allocatable,
    Map<String, String> capacity,
    Map<String, String> info,
    Optional<Instant> created,
    Optional<Instant> deletion,
    PodFact.Place place) {
  public static NodeFact read(SourceObject seen) {
    var node = seen.tree();
    var conditions = new TreeMap<String, PodFact.Condition>();
    for (var each : Fields.at(node, "status", "conditions")) {
      conditions.put(
          Fields.text(each, "type"),
          new PodFact.Condition(
              Fields.text(each, "status"),
              Fields.text(each, "reason"),
              Fields.text(each, "message"),
              Fields.time(each, "lastTransitionTime")));
    }
    var taints = new ArrayList<String>();
    Fields.at(node, "spec", "taints").forEach(taint -> taints.add(Fields.text(taint, "key")));
    return new NodeFact(
        new ObjectName("Node", "", seen.name()),
        seen.uid(),
        texts(Fields.at(node, "metadata", "labels")),
        conditions,
        taints,
        Fields.flag(node, "spec", "unschedulable"),
        texts(Fields.at(node, "status", "allocatable")),
        texts(Fields.at(node, "status", "capacity")),
        texts(Fields.at(node, "status", "nodeInfo")),
        Fields.time(node, "metadata", "creationTimestamp"),
        Fields.time(node, "metadata", "deletionTimestamp"),
        new PodFact.Place(seen.path(), seen.from(), seen.to()));
  }

  public PodFact.Condition condition(String type) {
    return conditions.getOrDefault(type, PodFact.Condition.ABSENT);
  }

  public boolean isReady() {
    return condition("Ready").isTrue();
  }

  public boolean isWindows() {
    return info.getOrDefault("operatingSystem", "").equals("windows");
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new TreeMap<String, String>();
    object.properties().forEach(field -> texts.put(field.getKey(), Fields.text(field.getValue())));
    return texts;
  }
}
