package dev.diagbundle.analyze.rules.support;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.model.Fields;

/// The parts of NetworkPolicies that rules compare. The permissions of several policies of a pod
/// add up (<https://kubernetes.io/docs/concepts/services-networking/network-policies/>).
public final class NetworkPolicies {
  /// @param ingress true if it isolates its pods from incoming traffic; likewise `egress`
  /// @param allowsIn the allowed incoming traffic; likewise `allowsOut`
  public record Policy(
      String name,
      Selector selector,
      boolean ingress,
      boolean egress,
      List<Rule> allowsIn,
      List<Rule> allowsOut,
      PodFact.Place place) {}

  /// @param ports the allowed ports; empty if all are allowed
  public record Rule(List<Port> ports) {
    /// Returns whether it allows a port, known by its number and all of its names.
    public boolean allows(int number, Set<String> names, String protocol) {
      return ports.isEmpty()
          || ports.stream().anyMatch(port -> port.allows(number, names, protocol));
    }
  }

  /// @param from a number or a name; empty for all ports of the protocol
  /// @param to the end of a range; 0 if it is none
  record Port(String from, int to, String protocol) {
    boolean allows(int number, Set<String> names, String other) {
      if (!protocol.equals(other)) {
        return false;
      }
      if (from.isEmpty() || names.contains(from)) {
        return true;
      }
      int first = number(from);
      return first >= 0 && number >= first && number <= Math.max(first, to);
    }
  }

  record Expression(String key, String operator, Set<String> values) {
    boolean matches(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }
  }

  public record Selector(List<Expression> expressions) {
    public boolean matches(PodFact pod) {
      return expressions.stream().allMatch(each -> each.matches(pod.labels()));
    }
  }

  private NetworkPolicies() {}

  /// Subscribes to all policies; the map has those of each namespace once the bundle is read.
  public static Map<String, List<Policy>> want(Subscriptions interests) {
    var policies = new TreeMap<String, List<Policy>>();
    interests.objects(
        "network-policy",
        seen -> policies.computeIfAbsent(seen.namespace(), _ -> new ArrayList<>()).add(read(seen)));
    return policies;
  }

  /// The number; -1 if it is a name.
  public static int number(String port) {
    boolean digits =
        !port.isEmpty() && port.length() < 6 && port.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(port) : -1;
  }

  private static Policy read(SourceObject seen) {
    var spec = seen.tree().path("spec");
    var types = new HashSet<String>();
    spec.path("policyTypes").forEach(type -> types.add(Fields.text(type)));
    // Without types, a policy is about ingress, and about egress if it has an egress section.
    boolean untyped = types.isEmpty();
    return new Policy(
        seen.name(),
        selector(spec.path("podSelector")),
        untyped || types.contains("Ingress"),
        untyped ? !spec.path("egress").isEmpty() : types.contains("Egress"),
        rules(spec.path("ingress")),
        rules(spec.path("egress")),
        new PodFact.Place(seen.path(), seen.from(), seen.to()));
  }

  private static Selector selector(JsonNode node) {
    var expressions = new ArrayList<Expression>();
    node.path("matchLabels")
        .properties()
        .forEach(each ->
            expressions.add(
                new Expression(each.getKey(), "In", Set.of(Fields.text(each.getValue())))));
    for (var each : node.path("matchExpressions")) {
      var values = new HashSet<String>();
      each.path("values").forEach(value -> values.add(Fields.text(value)));
      expressions.add(
          new Expression(Fields.text(each, "key"), Fields.text(each, "operator"), values));
    }
    return new Selector(expressions);
  }

  private static List<Rule> rules(JsonNode list) {
    var rules = new ArrayList<Rule>();
    for (var rule : list) {
      var ports = new ArrayList<Port>();
      for (var port : rule.path("ports")) {
        ports.add(
            new Port(
                Fields.text(port, "port"),
                (int) Fields.number(port, "endPort"),
                PodPorts.protocol(port)));
      }
      rules.add(new Rule(ports));
    }
    return rules;
  }
}
