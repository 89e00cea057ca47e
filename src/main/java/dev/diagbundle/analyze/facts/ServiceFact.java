package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.ObjectName;

/// A Service, and what its endpoint slices say.
///
/// @param readyEndpoints endpoints that are not said to be unready
/// @param endpoints all of them
/// @param slices endpoint slices of it
public record ServiceFact(
    ObjectName name,
    String type,
    Map<String, String> selector,
    List<String> clusterIps,
    boolean publishesUnready,
    long readyEndpoints,
    long endpoints,
    int slices,
    PodFact.Place place) {
  public ServiceFact {
    selector = Map.copyOf(selector);
    clusterIps = List.copyOf(clusterIps);
  }

  /// Whether a pod with such labels is one of its pods.
  public boolean selects(PodFact pod) {
    return !selector.isEmpty()
        && pod.name().namespace().equals(name.namespace())
        && selector.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(pod.labels().get(wanted.getKey())));
  }
}
