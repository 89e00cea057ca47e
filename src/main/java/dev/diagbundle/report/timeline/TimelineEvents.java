package dev.diagbundle.report.timeline;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.report.cluster.MergedEvents;
import dev.diagbundle.report.html.TextFormat;

/// The data of the timeline from pods and events, gathered as they are read for other sections:
/// warnings by node and time, and the first times of notable events. Its size is bounded.
public final class TimelineEvents {
  private static final int MAX_PODS = 50_000;
  private static final int MAX_NODES = 10_000;
  private static final int MAX_NAMES = 100;

  private final TimelineScale scale;
  private final Map<String, String> nodeOfPod = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<LogErrors.NodeKey, TimeBins> warnings = new HashMap<>();
  private final Map<String, First> firsts = new HashMap<>();
  private Optional<Instant> oldest = Optional.empty();

  public TimelineEvents(TimelineScale scale) {
    this.scale = scale;
  }

  /// The first occurrence of a phrase, with its place.
  ///
  /// @param phrase the phrase, with `%s` for the node's name
  /// @param nodes the nodes where it happened, as far as they were counted
  record First(String phrase, Instant at, String node, TreeSet<String> nodes) {
    String text() {
      int more = nodes.size() - 1;
      var text = phrase.replace("%s", node);
      return more > 0 ? text + ", then on " + TextFormat.count(more, "more node") : text;
    }
  }

  /// Adds a pod; all pods must be added before events.
  public void pod(String cluster, JsonNode pod) {
    var node = Fields.text(pod, "spec", "nodeName");
    if (!node.isEmpty() && nodeOfPod.size() < MAX_PODS) {
      nodeOfPod.put(
          key(
              cluster,
              Fields.text(pod, "metadata", "namespace"),
              Fields.text(pod, "metadata", "name")),
          names.computeIfAbsent(node, name -> name));
    }
  }

  public void event(String cluster, JsonNode event) {
    var last = MergedEvents.lastTime(event);
    if (last.equals(Instant.EPOCH)) {
      return;
    }
    var first = MergedEvents.firstTime(event).filter(time -> time.isBefore(last)).orElse(last);
    oldest = oldest.filter(time -> time.isBefore(last)).or(() -> Optional.of(last));
    var object = event.path(event.has("regarding") ? "regarding" : "involvedObject");
    var node = node(cluster, event, object);
    EventPhrases.of(event, object, node).ifPresent(phrase -> note(phrase, first, node));
    if (!Fields.text(event, "type").equals("Warning")) {
      return;
    }
    var key = new LogErrors.NodeKey(cluster, node);
    if (warnings.size() < MAX_NODES || warnings.containsKey(key)) {
      warnings
          .computeIfAbsent(key, _ -> new TimeBins())
          .add(scale, first, last, Math.min(MergedEvents.times(event), 1L << 40));
    }
  }

  /// Adds an occurrence, if it was inside the window.
  void note(String phrase, Instant at, String node) {
    if (!scale.contains(at)) {
      return;
    }
    var known = firsts.computeIfAbsent(phrase, _ -> new First(phrase, at, node, new TreeSet<>()));
    if (known.nodes.size() < MAX_NAMES && !node.isEmpty()) {
      known.nodes.add(node);
    }
    // Of two at the same time, the first by name counts: the order in which they are read is
    // arbitrary.
    if (at.isBefore(known.at) || (at.equals(known.at) && node.compareTo(known.node) < 0)) {
      firsts.put(phrase, new First(phrase, at, node, known.nodes));
    }
  }

  Map<String, First> firsts() {
    return firsts;
  }

  Map<LogErrors.NodeKey, TimeBins> warnings() {
    return warnings;
  }

  /// The time of the oldest event: the API server deletes events after an hour by default.
  Optional<Instant> oldest() {
    return oldest;
  }

  /// The node where it happened; empty if that is no node.
  private String node(String cluster, JsonNode event, JsonNode object) {
    var kind = Fields.text(object, "kind");
    var name = Fields.text(object, "name");
    if (kind.equals("Node")) {
      return name;
    }
    if (kind.equals("Pod")) {
      var node = nodeOfPod.get(key(cluster, Fields.text(object, "namespace"), name));
      if (node != null) {
        return node;
      }
    }
    var host = Fields.text(event, "source", "host");
    // A reporter on a machine of the control plane may use a name that no node has.
    return names.isEmpty() || names.containsKey(host) ? host : "";
  }

  private static String key(String cluster, String namespace, String name) {
    return cluster + "/" + namespace + "/" + name;
  }
}
