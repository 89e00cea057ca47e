package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.Collection;

/// The label selectors of the services of some names, in every namespace that has one. Filled by
/// one thread before others read it.
public final class ServiceSelectors {
  /// The maximum number of namespaces that are listed one by one, as rights are granted by
  /// namespace.
  public static final int MAX_NAMESPACES = 8;

  private final List<String> names;
  private final Map<String, Map<String, String>> selectors = new HashMap<>();

  ServiceSelectors(List<String> names) {
    this.names = List.copyOf(names);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /// Returns whether the service of this name in the pod's namespace selects the pod. A service
  /// without a selector selects nothing.
  synchronized boolean select(String name, PodSummary pod) {
    var labels = selectors.getOrDefault(pod.namespace() + "/" + name, Map.of());
    return !labels.isEmpty() && pod.labels().entrySet().containsAll(labels.entrySet());
  }

  /// Reads the services.
  ///
  /// @param namespaces with pods that they may select
  public Outcome read(Collection<String> namespaces, TaskScope scope)
      throws IOException, InterruptedException {
    var places =
        namespaces.size() <= MAX_NAMESPACES
            ? namespaces.stream().map(name -> "namespaces/" + Request.segment(name) + "/").toList()
            : List.of("");
    int found = 0;
    for (String place : places) {
      for (String name : names) {
        var selector = Request.value("metadata.name=" + name);
        try {
          ObjectList.read(
              scope.cluster(),
              "/api/v1/" + place + "services?fieldSelector=" + selector,
              scope.caller(),
              this::add);
        } catch (RequestFailedException e) {
          return new Outcome.Failed(
              e.reason(), "unknown pods of service/" + name + ": " + e.getMessage());
        }
      }
    }
    synchronized (this) {
      found = selectors.size();
    }
    return found == 0
        ? new Outcome.Skipped(Reason.EMPTY, "no such service: " + String.join(", ", names))
        : new Outcome.Collected();
  }

  private synchronized void add(JsonNode service) {
    var labels = new HashMap<String, String>();
    service
        .path("spec")
        .path("selector")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    var metadata = service.path("metadata");
    selectors.put(
        metadata.path("namespace").asText("") + "/" + metadata.path("name").asText(""), labels);
  }
}
