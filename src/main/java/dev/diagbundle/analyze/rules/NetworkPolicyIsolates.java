package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.NetworkErrors;
import dev.diagbundle.analyze.rules.support.NetworkPolicies;
import dev.diagbundle.analyze.rules.support.PodPorts;
import dev.diagbundle.analyze.rules.support.ServicePorts;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// NetworkPolicies that block all traffic to the pods of a Service or to its port, or traffic of
/// pods to DNS. That is often intended: it is information unless logs contain matching timeouts. No
/// bundle contains whether the network plugin enforces policies; policies of other kinds are not
/// examined.
final class NetworkPolicyIsolates extends Rule {
  // OpenShift's DNS listens on the second; a policy sees the port of the pod.
  private static final List<Integer> DNS_PORTS = List.of(53, 5353);
  private static final Set<String> DNS_NAMES = Set.of("dns", "dns-tcp", "dns-udp");
  private static final int MAX_TIMEOUTS = 2_000;

  /// Timeouts found in logs.
  ///
  /// @param names timeouts of DNS, by pod
  /// @param hosts other timeouts, by the host that the line names
  private record Timeouts(Map<String, Evidence> names, Map<String, Evidence> hosts) {
    void add(LogLine line) {
      var kind = NetworkErrors.kind(line.text());
      if (kind.filter(NetworkErrors.Kind.DNS::equals).isPresent() && names.size() < MAX_TIMEOUTS) {
        names.putIfAbsent(line.pod(), line.evidence());
      }
      if (kind.filter(NetworkErrors.Kind.TIMEOUT::equals).isPresent()
          && hosts.size() < MAX_TIMEOUTS) {
        var target = NetworkErrors.target(line.text(), NetworkErrors.Kind.TIMEOUT);
        hosts.putIfAbsent(NetworkErrors.host(target), line.evidence());
      }
    }

    /// A timeout that names the Service by its address or name.
    Optional<Evidence> at(ServiceFact service) {
      var name = service.name();
      for (var each : hosts.entrySet()) {
        var host = each.getKey();
        if (service.clusterIps().contains(host)
            || host.equals(name.name())
            || (host + ".").startsWith(name.name() + "." + name.namespace() + ".")) {
          return Optional.of(each.getValue());
        }
      }
      return Optional.empty();
    }
  }

  private record Isolated(PodFact pod, NetworkPolicies.Policy policy) {}

  /// The traffic that the policies of a namespace block.
  private static final class Block {
    private final Map<ObjectName, Isolated> pods = new LinkedHashMap<>();
    private final TreeSet<String> names = new TreeSet<>();
    private final TreeSet<String> targets = new TreeSet<>();
    private Optional<Evidence> timeout = Optional.empty();

    void add(
        PodFact pod,
        List<NetworkPolicies.Policy> policies,
        String target,
        Optional<Evidence> said) {
      pods.putIfAbsent(pod.name(), new Isolated(pod, policies.getFirst()));
      policies.forEach(policy -> names.add(policy.name()));
      targets.add(target);
      timeout = timeout.or(() -> said);
    }

    List<Hit> hits(Facts facts, String namespace) {
      var severity = timeout.isPresent() ? Severity.WARNING : Severity.INFO;
      var detail =
          (names.size() == 1 ? "NetworkPolicy " : "NetworkPolicies ")
              + namespace
              + "/"
              + RuleText.list(names)
              + (names.size() == 1 ? " blocks " : " block ")
              + RuleText.list(targets);
      var hits = new ArrayList<Hit>();
      for (Isolated each : pods.values()) {
        var words = "network policy " + namespace + "/" + each.policy.name();
        hits.add(
            Hit.of(severity, namespace, each.pod, facts, each.policy.place().saying(words))
                .and(timeout)
                .detail(detail));
      }
      return hits;
    }
  }

  NetworkPolicyIsolates() {
    super(
        "network-policy-isolates",
        Layer.INGRESS,
        "If that is not intended, add a rule that allows the actual client and port. Not every"
            + " network plugin enforces policies.",
        KUBERNETES + "concepts/services-networking/network-policies/",
        CheckInput.PODS,
        CheckInput.SERVICES,
        CheckInput.objects("network policies", "networkpolicies", "network-policy/"));
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var policies = NetworkPolicies.want(interests);
    var ports = ServicePorts.want(interests);
    var declared = PodPorts.want(interests);
    var timeouts = new Timeouts(new HashMap<>(), new HashMap<>());
    interests.recentLines(
        "cluster-resources/pods/logs/**",
        List.of("i/o timeout", "ETIMEDOUT", "connect timed out", "EAI_AGAIN", "name resolution"),
        "i/o timeout|ETIMEDOUT|connect timed out|EAI_AGAIN|name resolution",
        timeouts::add);
    return (facts, conclusion) -> {
      var blocks = new TreeMap<String, Block>();
      for (PodFact pod : facts.pods()) {
        var here = policies.getOrDefault(pod.name().namespace(), List.of());
        // Policies do not hold for pods in the network of their node.
        if (!here.isEmpty() && !pod.isOver() && !pod.settings().hostNetwork()) {
          var own = here.stream().filter(policy -> policy.selector().matches(pod)).toList();
          var block = blocks.computeIfAbsent(pod.name().namespace(), _ -> new Block());
          egress(pod, own, timeouts, block);
          ingress(facts, pod, own, ports, declared.of(pod), timeouts, block);
        }
      }
      var groups = HitGroups.byCause();
      blocks.forEach((namespace, block) -> block.hits(facts, namespace).forEach(groups::add));
      conclusion.found(groups, group -> group.detail() + " for " + group.counted("pod"));
    };
  }

  private static void egress(
      PodFact pod, List<NetworkPolicies.Policy> own, Timeouts timeouts, Block block) {
    var policies = own.stream().filter(NetworkPolicies.Policy::egress).toList();
    boolean allowed =
        policies.stream()
            .flatMap(policy -> policy.allowsOut().stream())
            .anyMatch(rule ->
                DNS_PORTS.stream()
                    .anyMatch(port ->
                        rule.allows(port, DNS_NAMES, "UDP")
                            || rule.allows(port, DNS_NAMES, "TCP")));
    boolean uses = !pod.settings().dnsPolicy().equals("None");
    if (!policies.isEmpty() && !allowed && uses) {
      var said = Optional.ofNullable(timeouts.names().get(pod.name().path()));
      block.add(pod, policies, "DNS", said);
    }
  }

  private static void ingress(
      Facts facts,
      PodFact pod,
      List<NetworkPolicies.Policy> own,
      ServicePorts ports,
      Set<PodPorts.Port> declared,
      Timeouts timeouts,
      Block block) {
    var policies = own.stream().filter(NetworkPolicies.Policy::ingress).toList();
    if (policies.isEmpty()) {
      return;
    }
    var rules = policies.stream().flatMap(policy -> policy.allowsIn().stream()).toList();
    for (ServiceFact service : facts.services()) {
      if (!service.selects(pod)) {
        continue;
      }
      for (ServicePorts.Port port : ports.of(service)) {
        if (isBlocked(port, rules, declared)) {
          var what = service.name() + " port " + port.number();
          block.add(pod, policies, what, timeouts.at(service));
        }
      }
    }
  }

  private static boolean isBlocked(
      ServicePorts.Port port, List<NetworkPolicies.Rule> rules, Set<PodPorts.Port> declared) {
    var names = new HashSet<String>();
    int number = NetworkPolicies.number(port.target());
    for (PodPorts.Port each : declared) {
      if (each.is(port.target()) && each.protocol().equals(port.protocol())) {
        names.add(each.name());
        number = NetworkPolicies.number(each.number());
      }
    }
    // A name that the pod does not declare leads nowhere anyway: service-port-mismatch reports
    // that.
    if (number < 0) {
      return rules.isEmpty();
    }
    for (NetworkPolicies.Rule rule : rules) {
      if (rule.allows(number, names, port.protocol())) {
        return false;
      }
    }
    return true;
  }
}
