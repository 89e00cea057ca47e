package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The requests and limits of a pod, by resource name. Containers count together; init containers
/// run before them, one after the other, but for sidecars, which stay.
///
/// @see <a
///   href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers">resource
///   sharing within containers</a>
public record PodResources(Map<String, Quantity> requests, Map<String, Quantity> limits) {
  private static final List<String> SHOWN_PER_POD = List.of("cpu", "memory");

  public PodResources {
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
  }

  /// The resources of the pod's specification. The scheduler's sums are based on this.
  static PodResources planned(JsonNode pod) {
    return new PodResources(sum(pod, "requests", Map.of()), sum(pod, "limits", Map.of()));
  }

  /// Processor and memory as they are while containers are being resized: the greater of the
  /// requested amount and the amount in the status of a container.
  static PodResources current(JsonNode pod) {
    var statuses = statuses(pod);
    return new PodResources(
        shown(sum(pod, "requests", statuses)), shown(sum(pod, "limits", statuses)));
  }

  private static Map<String, Quantity> shown(Map<String, Quantity> amounts) {
    amounts.keySet().retainAll(SHOWN_PER_POD);
    return amounts;
  }

  private static Map<String, Quantity> sum(
      JsonNode pod, String kind, Map<String, JsonNode> statuses) {
    boolean infeasible = isResizeInfeasible(pod);
    var sum = new HashMap<String, Quantity>();
    for (var container : TypedFields.items(pod, "spec", "containers")) {
      add(sum, ofContainer(container, kind, statuses, infeasible));
    }
    var sidecars = new HashMap<String, Quantity>();
    var peak = new HashMap<String, Quantity>();
    for (var container : TypedFields.items(pod, "spec", "initContainers")) {
      if (TypedFields.text(container, "restartPolicy").equals("Always")) {
        var amounts = ofContainer(container, kind, statuses, infeasible);
        add(sum, amounts);
        add(sidecars, amounts);
        raise(peak, sidecars);
      } else {
        var amounts = new HashMap<>(amounts(container.path("resources").path(kind)));
        add(amounts, sidecars);
        raise(peak, amounts);
      }
    }
    raise(sum, peak);
    amounts(pod.path("spec").path("resources").path(kind))
        .forEach((name, amount) -> {
          if (SHOWN_PER_POD.contains(name) || name.startsWith("hugepages-")) {
            sum.put(name, amount);
          }
        });
    addOverhead(sum, kind, amounts(pod.path("spec").path("overhead")));
    return sum;
  }

  private static void addOverhead(
      Map<String, Quantity> sum, String kind, Map<String, Quantity> overhead) {
    if (kind.equals("requests")) {
      add(sum, overhead);
      return;
    }
    overhead.forEach((name, amount) ->
        sum.computeIfPresent(name, (_, limit) -> limit.isZero() ? limit : limit.plus(amount)));
  }

  private static Map<String, Quantity> ofContainer(
      JsonNode container, String kind, Map<String, JsonNode> statuses, boolean infeasible) {
    var wanted = amounts(container.path("resources").path(kind));
    var status = statuses.get(TypedFields.text(container, "name"));
    if (status == null || !TypedFields.has(status, "resources")) {
      return wanted;
    }
    var amounts = new HashMap<String, Quantity>();
    if (!infeasible) {
      amounts.putAll(wanted);
    }
    raise(amounts, amounts(status.path("resources").path(kind)));
    if (kind.equals("requests")) {
      raise(amounts, amounts(status.path("allocatedResources")));
    }
    return amounts;
  }

  private static boolean isResizeInfeasible(JsonNode pod) {
    return TypedFields.items(pod, "status", "conditions").stream()
        .filter(condition -> TypedFields.text(condition, "type").equals("PodResizePending"))
        .findFirst()
        .filter(condition -> TypedFields.text(condition, "reason").equals("Infeasible"))
        .isPresent();
  }

  private static Map<String, JsonNode> statuses(JsonNode pod) {
    var statuses = new HashMap<String, JsonNode>();
    for (var list : List.of("containerStatuses", "initContainerStatuses")) {
      for (var status : TypedFields.items(pod, "status", list)) {
        statuses.put(TypedFields.text(status, "name"), status);
      }
    }
    return statuses;
  }

  /// The quantities of an object of the API; what is no quantity is left out.
  static Map<String, Quantity> amounts(JsonNode object) {
    var amounts = new HashMap<String, Quantity>();
    TypedFields.sorted(object)
        .forEach((name, value) ->
            Quantity.parse(TypedFields.text(value)).ifPresent(amount -> amounts.put(name, amount)));
    return amounts;
  }

  /// Adds amounts to a sum, in place.
  static void add(Map<String, Quantity> sum, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
  }

  private static void raise(Map<String, Quantity> peak, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> peak.merge(name, amount, Quantity::max));
  }
}
