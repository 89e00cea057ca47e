package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The description of a Service.
final class ServiceLines {
  private ServiceLines() {}

  static void render(TabbedText text, JsonNode service, Relations relations) throws IOException {
    var spec = service.path("spec");
    WorkloadLines.name(text, service);
    WorkloadLines.labelsAndAnnotations(text, service);
    text.line(0, "Selector:", SelectorText.labels(spec.path("selector")));
    text.line(0, "Type:", TypedFields.text(spec, "type"));
    MetadataLines.optional(text, 0, "IP Family Policy:", spec, "ipFamilyPolicy");
    text.line(0, "IP Families:", joined(spec, "ipFamilies", "<none>"));
    text.line(0, "IP:", TypedFields.text(spec, "clusterIP"));
    text.line(0, "IPs:", joined(spec, "clusterIPs", "<none>"));
    list(text, "External IPs:", spec, "externalIPs");
    MetadataLines.optional(text, 0, "Desired LoadBalancer IP:", spec, "loadBalancerIP");
    MetadataLines.optional(text, 0, "External Name:", spec, "externalName");
    ingress(text, TypedFields.items(service, "status", "loadBalancer", "ingress"));
    var endpoints = relations.endpointsOf(service);
    for (var port : TypedFields.items(spec, "ports")) {
      port(text, port, endpoints);
    }
    text.line(0, "Session Affinity:", TypedFields.text(spec, "sessionAffinity"));
    MetadataLines.optional(text, 0, "External Traffic Policy:", spec, "externalTrafficPolicy");
    MetadataLines.optional(text, 0, "Internal Traffic Policy:", spec, "internalTrafficPolicy");
    if (TypedFields.number(spec, "healthCheckNodePort") != 0) {
      JobLines.number(text, "HealthCheck NodePort:", spec, "healthCheckNodePort", "");
    }
    list(text, "LoadBalancer Source Ranges:", spec, "loadBalancerSourceRanges");
    MetadataLines.optional(text, 0, "Traffic Distribution:", spec, "trafficDistribution");
  }

  private static String joined(JsonNode spec, String field, String none) {
    var texts = TypedFields.texts(spec, field);
    return texts.isEmpty() ? none : String.join(",", texts);
  }

  private static void list(TabbedText text, String title, JsonNode spec, String field)
      throws IOException {
    if (!TypedFields.items(spec, field).isEmpty()) {
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
    var address = TypedFields.text(point, "ip");
    if (address.isEmpty()) {
      return TypedFields.text(point, "hostname");
    }
    return TypedFields.has(point, "ipMode")
        ? address + " (" + TypedFields.text(point, "ipMode") + ")"
        : address;
  }

  private static void port(
      TabbedText text, JsonNode port, Optional<List<DescribedEndpoints>> endpoints)
      throws IOException {
    var name = TypedFields.text(port, "name");
    var shown = name.isEmpty() ? "<unset>" : name;
    var protocol = "/" + TypedFields.text(port, "protocol");
    text.line(0, "Port:", shown, TypedFields.number(port, "port") + protocol);
    var target = port.path("targetPort");
    boolean named = target.isTextual();
    text.line(
        0,
        "TargetPort:",
        (named ? target.textValue() : String.valueOf(TypedFields.number(target))) + protocol);
    long nodePort = TypedFields.number(port, "nodePort");
    if (nodePort != 0) {
      text.line(0, "NodePort:", shown, nodePort + protocol);
    }
    text.line(
        0,
        "Endpoints:",
        endpoints.map(slices -> DescribedEndpoints.text(slices, name)).orElse("<unknown>"));
  }
}
