package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;

/// A parser of Services and their endpoint slices, which are read in any order.
public final class ServiceParser {
  private final Map<String, SeenService> services = new TreeMap<>();
  private final Map<String, long[]> endpoints = new HashMap<>();

  private record SeenService(
      ObjectName name,
      String type,
      Map<String, String> selector,
      List<String> clusterIps,
      boolean publishesUnready,
      PodFact.Place place) {}

  public void addService(SourceObject seen) {
    var spec = seen.tree().path("spec");
    var selector = new TreeMap<String, String>();
    spec.path("selector")
        .properties()
        .forEach(f -> selector.put(f.getKey(), Fields.text(f.getValue())));
    var ips = new ArrayList<String>();
    spec.path("clusterIPs").forEach(ip -> ips.add(Fields.text(ip)));
    if (ips.isEmpty() && !Fields.text(spec, "clusterIP").isEmpty()) {
      ips.add(Fields.text(spec, "clusterIP"));
    }
    services.put(
        seen.namespace() + "/" + seen.name(),
        new SeenService(
            new ObjectName("Service", seen.namespace(), seen.name()),
            Fields.text(spec, "type"),
            selector,
            ips,
            Fields.flag(spec, "publishNotReadyAddresses"),
            new PodFact.Place(seen.path(), seen.from(), seen.to())));
  }

  public void addSlice(SourceObject seen) {
    var service = Fields.text(seen.tree(), "metadata", "labels", "kubernetes.io/service-name");
    if (service.isEmpty()) {
      return;
    }
    var counts = endpoints.computeIfAbsent(seen.namespace() + "/" + service, _ -> new long[3]);
    counts[0]++;
    // An empty slice is written as `endpoints: null`.
    for (JsonNode endpoint : seen.tree().path("endpoints")) {
      counts[1]++;
      var ready = Fields.at(endpoint, "conditions", "ready");
      // An absent condition counts as ready, by the API.
      counts[2] += ready.isBoolean() && !ready.asBoolean() ? 0 : 1;
    }
  }

  public List<ServiceFact> facts() {
    return services.entrySet().stream()
        .map(entry -> {
          var service = entry.getValue();
          var counts = endpoints.getOrDefault(entry.getKey(), new long[3]);
          return new ServiceFact(
              service.name,
              service.type,
              service.selector,
              service.clusterIps,
              service.publishesUnready,
              counts[2],
              counts[1],
              (int) counts[0],
              service.place);
        })
        .toList();
  }
}
