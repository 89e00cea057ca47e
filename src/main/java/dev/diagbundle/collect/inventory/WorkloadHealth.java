package dev.diagbundle.collect.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.DescribedKind;

/// The health of a workload by its own status: unhealthy if fewer are ready than desired, if it
/// failed, or if it is not bound.
final class WorkloadHealth {
  private WorkloadHealth() {}

  /// Returns whether the object is unhealthy by its own status. The status of Services and CronJobs
  /// does not show it.
  static boolean is(DescribedKind kind, JsonNode object) {
    var spec = object.path("spec");
    var status = object.path("status");
    return switch (kind) {
      case DEPLOYMENT ->
          status.path("readyReplicas").asLong(0) < spec.path("replicas").asLong(1)
              || isCondition(status, "Progressing", "False")
              || isCondition(status, "ReplicaFailure", "True");
      case REPLICA_SET ->
          status.path("readyReplicas").asLong(0) < spec.path("replicas").asLong(1)
              || isCondition(status, "ReplicaFailure", "True");
      case STATEFUL_SET -> status.path("readyReplicas").asLong(0) < spec.path("replicas").asLong(1);
      case DAEMON_SET ->
          status.path("numberReady").asLong(0) < status.path("desiredNumberScheduled").asLong(0);
      case JOB ->
          isCondition(status, "Failed", "True")
              || isCondition(status, "FailureTarget", "True")
              || (status.path("failed").asLong(0) > 0 && !isCondition(status, "Complete", "True"));
      case PERSISTENT_VOLUME_CLAIM -> !status.path("phase").asText("").equals("Bound");
      case CRON_JOB, SERVICE -> false;
    };
  }

  private static boolean isCondition(JsonNode status, String type, String value) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals(type)
          && condition.path("status").asText("").equals(value)) {
        return true;
      }
    }
    return false;
  }
}
