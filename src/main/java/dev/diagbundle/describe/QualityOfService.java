package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The quality-of-service class of a pod whose status does not contain it.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">the classes</a>
final class QualityOfService {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QualityOfService() {}

  static String of(JsonNode pod) {
    var holders = new ArrayList<JsonNode>();
    if (TypedFields.has(pod, "spec", "resources")) {
      holders.add(pod.path("spec"));
    } else {
      holders.addAll(TypedFields.items(pod, "spec", "containers"));
      holders.addAll(TypedFields.items(pod, "spec", "initContainers"));
    }
    var requests = new HashMap<String, Quantity>();
    var limits = new HashMap<String, Quantity>();
    boolean allLimited = true;
    for (var holder : holders) {
      PodResources.add(requests, counted(holder, "requests"));
      var own = counted(holder, "limits");
      allLimited &= own.keySet().containsAll(COUNTED);
      PodResources.add(limits, own);
    }
    if (requests.isEmpty() && limits.isEmpty()) {
      return "BestEffort";
    }
    boolean equal =
        requests.entrySet().stream()
            .allMatch(request ->
                request.getValue().compareTo(limits.getOrDefault(request.getKey(), Quantity.ZERO))
                    == 0);
    return allLimited && equal && requests.size() == limits.size() ? "Guaranteed" : "Burstable";
  }

  private static Map<String, Quantity> counted(JsonNode holder, String kind) {
    var amounts = PodResources.amounts(holder.path("resources").path(kind));
    amounts.keySet().retainAll(COUNTED);
    amounts.values().removeIf(amount -> amount.value().signum() <= 0);
    return amounts;
  }
}
