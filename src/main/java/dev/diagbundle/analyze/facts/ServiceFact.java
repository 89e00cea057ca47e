package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.ObjectName;

/// A Service with the counts from its endpoint slices.
///
/// @param readyEndpoints the number of endpoints that are not marked as unready
/// @param endpoints the number of all endpoints
/// @param slices the number of its endpoint slices
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

  /// Returns whether the pod's labels match its selector.
  public boolean selects(PodFact pod) {
    return !selector.isEmpty()
        && pod.name().namespace().equals(name.namespace())
        && selector.entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(pod.labels().get(wanted.getKey())));
  }
}
