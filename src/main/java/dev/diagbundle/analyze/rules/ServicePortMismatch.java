package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.PodPorts;
import dev.diagbundle.analyze.rules.support.ServicePorts;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Services whose port matches none of their pods: an undeclared named target port, a different
/// protocol, endpoints without ports, or an undeclared port number, which may still be correct.
final class ServicePortMismatch extends Rule {
  ServicePortMismatch() {
    super(
        "service-port-mismatch",
        Layer.INGRESS,
        "Set targetPort to the port that the process listens on, and name the container port if"
            + " the Service refers to it by name.",
        KUBERNETES + "tasks/debug/debug-application/debug-service/",
        CheckInput.SERVICES,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var ports = ServicePorts.want(interests);
    var declared = PodPorts.want(interests);
    // True if no slice of the Service that has endpoints has a port.
    var portless = new HashMap<String, Boolean>();
    interests.objects(
        "endpointslices",
        seen -> {
          var name = Fields.text(seen.tree(), "metadata", "labels", "kubernetes.io/service-name");
          if (!seen.tree().path("endpoints").isEmpty()) {
            portless.merge(
                seen.namespace() + "/" + name,
                seen.tree().path("ports").isEmpty(),
                Boolean::logicalAnd);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (ServiceFact service : facts.services()) {
        if (service.type().equals("ExternalName") || ports.of(service).isEmpty()) {
          continue;
        }
        var hits = study(service, ports, selected(service, facts), declared);
        hits.values().forEach(groups::add);
        if (hits.isEmpty() && portless.getOrDefault(service.name().path(), false)) {
          groups.add(
              Hit.of(
                      Severity.WARNING,
                      "its endpoints have no ports",
                      service.name(),
                      service.place().saying("service " + service.name().path()))
                  .detail("its EndpointSlices have endpoints but no ports"));
        }
      }
      conclusion.found(groups, group -> group.who() + ": " + group.detail());
    };
  }

  private static List<PodFact> selected(ServiceFact service, Facts facts) {
    return facts.podsIn(service.name().namespace()).stream()
        .filter(pod -> !pod.isOver() && service.selects(pod))
        .toList();
  }

  /// The mismatches, by port.
  private static Map<String, Hit> study(
      ServiceFact service, ServicePorts ports, List<PodFact> pods, PodPorts declared) {
    var hits = new TreeMap<String, Hit>();
    if (!pods.isEmpty()) {
      for (ServicePorts.Port port : ports.of(service)) {
        study(service, port, pods, declared).ifPresent(hit -> hits.put(port.number(), hit));
      }
    }
    return hits;
  }

  private static Optional<Hit> study(
      ServiceFact service, ServicePorts.Port port, List<PodFact> pods, PodPorts declared) {
    var lists = new TreeSet<String>();
    boolean otherProtocol = false;
    for (PodFact pod : pods) {
      for (PodPorts.Port each : declared.of(pod)) {
        if (each.is(port.target()) && each.protocol().equals(port.protocol())) {
          return Optional.empty();
        }
        otherProtocol |= each.is(port.target());
        lists.add(each.toString());
      }
    }
    // A pod that declares nothing may listen on any port.
    if (!port.isNamed() && lists.isEmpty()) {
      return Optional.empty();
    }
    var cause =
        otherProtocol
            ? "with protocol " + port.protocol() + " does not exist in its pods"
            : port.isNamed() ? "does not exist in its pods" : "is not declared by its pods";
    var first = pods.getFirst();
    return Optional.of(
        Hit.of(
                port.isNamed() || otherProtocol ? Severity.WARNING : Severity.INFO,
                cause,
                service.name(),
                service.place().saying("port " + port.number() + ", targetPort " + port.target()),
                first
                    .place()
                    .saying(
                        "pod "
                            + first.name().path()
                            + " and its siblings declare "
                            + (lists.isEmpty() ? "no port" : String.join(", ", lists))))
            .detail("port " + port.number() + "→" + port.target() + " " + cause));
  }
}
