package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.Fields;

/// The clocks of nodes, compared with the API server's: lines, files and events are stamped by
/// them. It needs no requests of its own. Safe for use by many threads.
///
/// There are two sources. The `Date` of a kubelet's response, which the API server's proxy passes
/// on, is the node's clock. And the status of a Node contains the time of the kubelet's heartbeat,
/// while the API server records the time of the same update in the managed fields
/// (`k8s.io/apimachinery/pkg/util/managedfields`).
public final class NodeClocks {
  /// Maximum time from a heartbeat to the update that contains it.
  private static final Duration UPDATE = Duration.ofSeconds(20);

  private static final String READY = "k:{\"type\":\"Ready\"}";

  private final Map<String, ClockLead> leads = new HashMap<>();

  /// Adds a measurement.
  public synchronized void add(String node, ClockLead lead) {
    leads.merge(node, lead, ClockLead::and);
  }

  /// The known lead of a node's clock.
  public synchronized ClockLead of(String node) {
    return leads.getOrDefault(node, ClockLead.UNKNOWN);
  }

  /// Adds the measurement by the heartbeat of a Node, if it has both times.
  void addNode(JsonNode node) {
    var heartbeat = heartbeat(node);
    var written = written(node);
    if (heartbeat.isPresent() && written.isPresent()) {
      var lead = Duration.between(written.get(), heartbeat.get());
      add(node.path("metadata").path("name").asText(""), lead(lead));
    }
  }

  /// Both times are truncated to seconds.
  private static ClockLead lead(Duration apart) {
    return new ClockLead(apart.minusSeconds(1), apart.plusSeconds(1).plus(UPDATE));
  }

  private static Optional<Instant> heartbeat(JsonNode node) {
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText("").equals("Ready")) {
        return Fields.instant(condition.path("lastHeartbeatTime").asText(""));
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> written(JsonNode node) {
    Optional<Instant> last = Optional.empty();
    for (JsonNode part : node.path("metadata").path("managedFields")) {
      var ready = part.path("fieldsV1").path("f:status").path("f:conditions").path(READY);
      if (ready.has("f:lastHeartbeatTime")) {
        var time = Fields.instant(part.path("time").asText(""));
        last = last.isEmpty() || time.filter(last.get()::isBefore).isPresent() ? time : last;
      }
    }
    return last;
  }
}
