package dev.diagbundle.analyze.rules.support;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.model.Fields;

/// The ports that pods declare. A port may be open without a declaration, which is information for
/// people.
public final class PodPorts {
  // Pods of one template declare the same, so that few of these sets differ.
  private final Map<Set<Port>, Set<Port>> known = new HashMap<>();
  private final Map<String, Set<Port>> declared = new HashMap<>();

  /// @param name its name; empty if it has none
  public record Port(String name, String number, String protocol) {
    /// Returns whether a Service's target port refers to it.
    public boolean is(String target) {
      return target.equals(number) || (!name.isEmpty() && target.equals(name));
    }

    @Override
    public String toString() {
      return (name.isEmpty() ? "" : name + " ") + number + "/" + protocol;
    }
  }

  private PodPorts() {}

  /// Subscribes to the ports of all pods, which are present once the bundle is read.
  public static PodPorts want(Subscriptions interests) {
    var ports = new PodPorts();
    interests.objects(
        "pods",
        seen -> {
          var set = read(seen.tree());
          if (!set.isEmpty()) {
            ports.known.putIfAbsent(set, set);
            ports.declared.put(
                seen.namespace() + "/" + seen.name(), ports.known.getOrDefault(set, set));
          }
        });
    return ports;
  }

  public Set<Port> of(PodFact pod) {
    return declared.getOrDefault(pod.name().path(), Set.of());
  }

  private static Set<Port> read(JsonNode pod) {
    var ports = new HashSet<Port>();
    for (String field : List.of("containers", "initContainers")) {
      for (var container : Fields.at(pod, "spec", field)) {
        for (var port : container.path("ports")) {
          ports.add(
              new Port(
                  Fields.text(port, "name"), Fields.text(port, "containerPort"), protocol(port)));
        }
      }
    }
    return ports;
  }

  /// The protocol of the port; TCP if it is not set.
  static String protocol(JsonNode port) {
    var protocol = Fields.text(port, "protocol");
    return protocol.isEmpty() ? "TCP" : protocol;
  }
}
