package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The description of a Service.
final class ServiceLines {
  private ServiceLines() {}

  static void render(TabbedText text, JsonNode service, Relations relations) throws IOException {
    var spec = service.path("spec");
    WorkloadLines.name(text, service);
    WorkloadLines.labelsAndAnnotations(text, service);
    text.line(0, "Selector:", SelectorText.labels(spec.path("selector")));
    text.line(0, "Type:", JsonFields.text(spec, "type"));
    MetadataLines.optional(text, 0, "IP Family Policy:", spec, "ipFamilyPolicy");
    text.line(0, "IP Families:", joined(spec, "ipFamilies", "<none>"));
    text.line(0, "IP:", JsonFields.text(spec, "clusterIP"));
    text.line(0, "IPs:", joined(spec, "clusterIPs", "<none>"));
    list(text, "External IPs:", spec, "externalIPs");
    MetadataLines.optional(text, 0, "Desired LoadBalancer IP:", spec, "loadBalancerIP");
    MetadataLines.optional(text, 0, "External Name:", spec, "externalName");
    ingress(text, JsonFields.items(service, "status", "loadBalancer", "ingress"));
    var endpoints = relations.endpointsOf(service);
    for (var port : JsonFields.items(spec, "ports")) {
      port(text, port, endpoints);
    }
    text.line(0, "Session Affinity:", JsonFields.text(spec, "sessionAffinity"));
    MetadataLines.optional(text, 0, "External Traffic Policy:", spec, "externalTrafficPolicy");
    MetadataLines.optional(text, 0, "Internal Traffic Policy:", spec, "internalTrafficPolicy");
    if (JsonFields.number(spec, "healthCheckNodePort") != 0) {
      JobLines.number(text, "HealthCheck NodePort:", spec, "healthCheckNodePort", "");
    }
    list(text, "LoadBalancer Source Ranges:", spec, "loadBalancerSourceRanges");
    MetadataLines.optional(text, 0, "Traffic Distribution:", spec, "trafficDistribution");
  }

  private static String joined(JsonNode spec, String field, String none) {
    var texts = JsonFields.texts(spec, field);
    return texts.isEmpty() ? none : String.join(",", texts);
  }

  private static void list(TabbedText text, String title, JsonNode spec, String field)
      throws IOException {
    if (!JsonFields.items(spec, field).isEmpty()) {
      text.line(0, title, joined(spec, field, ""));
    }
  }

  private static void ingress(TabbedText text, List<JsonNode> points) throws IOException {
    if (points.isEmpty()) {
      return;
    }
    text.line(
        0,
        "LoadBalancer Ingress:",
        points.stream().map(ServiceLines::ingress).collect(Collectors.joining(", ")));
  }

  private static String ingress(JsonNode point) {
    var address = JsonFields.text(point, "ip");
    if (address.isEmpty()) {
      return JsonFields.text(point, "hostname");
    }
    return JsonFields.has(point, "ipMode")
        ? address + " (" + JsonFields.text(point, "ipMode") + ")"
        : address;
  }

  private static void port(
      TabbedText text, JsonNode port, Optional<List<DescribedEndpoints>> endpoints)
      throws IOException {
    var name = JsonFields.text(port, "name");
    var shown = name.isEmpty() ? "<unset>" : name;
    var protocol = "/" + JsonFields.text(port, "protocol");
    text.line(0, "Port:", shown, JsonFields.number(port, "port") + protocol);
    var target = port.path("targetPort");
    boolean named = target.isTextual();
    text.line(
        0,
        "TargetPort:",
        (named ? target.textValue() : String.valueOf(JsonFields.number(target))) + protocol);
    long nodePort = JsonFields.number(port, "nodePort");
    if (nodePort != 0) {
      text.line(0, "NodePort:", shown, nodePort + protocol);
    }
    text.line(
        0,
        "Endpoints:",
        endpoints.map(slices -> DescribedEndpoints.text(slices, name)).orElse("<unknown>"));
  }
}
