package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.model.Fields;

/// The ports of Services and their targets.
public final class ServicePorts {
  private final Map<String, List<Port>> ports = new HashMap<>();

  /// @param number the port number of the Service
  /// @param target the port of its pods: a name or a number
  public record Port(String number, String target, String protocol) {
    public boolean isNamed() {
      return !target.chars().allMatch(Character::isDigit);
    }
  }

  private ServicePorts() {}

  /// Subscribes to the ports of all Services, which are present once the bundle is read.
  public static ServicePorts want(Subscriptions interests) {
    var found = new ServicePorts();
    interests.objects(
        "services",
        seen -> {
          var list = new ArrayList<Port>();
          for (var each : Fields.at(seen.tree(), "spec", "ports")) {
            var number = Fields.text(each, "port");
            var target = Fields.text(each, "targetPort");
            list.add(new Port(number, target.isEmpty() ? number : target, PodPorts.protocol(each)));
          }
          found.ports.put(seen.namespace() + "/" + seen.name(), list);
        });
    return found;
  }

  public List<Port> of(ServiceFact service) {
    return ports.getOrDefault(service.name().path(), List.of());
  }
}
