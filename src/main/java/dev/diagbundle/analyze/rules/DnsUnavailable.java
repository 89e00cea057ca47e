package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubeletConfig;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Cluster DNS that is down, partly down, or returns errors. Its Service is the one that kubelets
/// give to pods as their resolver, else the one that selects `k8s-app=kube-dns`.
final class DnsUnavailable extends Rule {
  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final int MANY_ERRORS = 20;
  // The address of a cache on each node is no Service's.
  private static final String LINK_LOCAL = "169.254.";
  private static final String LOGS = "cluster-resources/pods/logs/*/*dns*/*";

  DnsUnavailable() {
    super(
        "dns-unavailable",
        Layer.CLUSTER_SERVICE,
        "Fix the DNS pods. If CoreDNS reports a loop, remove the loopback resolver from the"
            + " node's resolv.conf; if it reports timeouts, fix its upstream resolvers.",
        KUBERNETES + "tasks/administer-cluster/dns-debugging-resolution/",
        CheckInput.SERVICES,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var configs = KubeletConfig.want(interests);
    var fatal = new HashMap<String, Burst>();
    var errors = new HashMap<String, Burst>();
    interests.recentLines(
        LOGS,
        List.of("plugin/loop: Loop", "[FATAL]"),
        "plugin/loop: Loop|\\[FATAL\\]",
        line -> fatal.computeIfAbsent(line.pod(), _ -> new Burst(1, RECENT)).add(line));
    interests.recentLines(
        LOGS,
        List.of("plugin/errors"),
        "\\[ERROR\\] plugin/errors: .*(timeout|refused|SERVFAIL)",
        line -> errors.computeIfAbsent(line.pod(), _ -> new Burst(MANY_ERRORS, RECENT)).add(line));
    return (facts, conclusion) -> {
      if (facts.missing(CheckInput.SERVICES).isPresent()) {
        return;
      }
      var groups = HitGroups.byCause();
      var addresses = new TreeSet<String>();
      configs.values().forEach(config -> addresses.addAll(config.clusterDns()));
      addresses.removeIf(address -> address.startsWith(LINK_LOCAL));
      for (ServiceFact service : services(facts, addresses)) {
        study(facts, service, fatal, errors).forEach(groups::add);
        var pods = facts.pods().stream().filter(service::selects).toList();
        if (!pods.isEmpty()
            && pods.stream().noneMatch(pod -> facts.hasPodLogs(pod.name().path()))) {
          conclusion.unknown("logs of the pods of " + service.name().path() + ": not collected");
        }
        addresses.removeAll(service.clusterIps());
      }
      // Services of some namespaces only cannot prove that one is missing.
      if (facts.services().stream().anyMatch(DnsUnavailable::isEverywhere)) {
        addresses.forEach(address -> addStray(facts, configs, address, groups));
      } else if (!addresses.isEmpty()) {
        conclusion.unknown("the Service of " + String.join(", ", addresses) + ": not collected");
      }
      conclusion.found(groups, group -> "Cluster DNS " + group.detail());
    };
  }

  private static List<ServiceFact> services(Facts facts, Set<String> addresses) {
    var named =
        facts.services().stream()
            .filter(service -> service.clusterIps().stream().anyMatch(addresses::contains))
            .toList();
    if (!named.isEmpty()) {
      return named;
    }
    return facts.services().stream()
        .filter(service -> service.name().namespace().equals("kube-system"))
        .filter(service -> service.selector().getOrDefault("k8s-app", "").equals("kube-dns"))
        .toList();
  }

  /// The Service of the API, which every cluster has.
  private static boolean isEverywhere(ServiceFact service) {
    return service.name().path().equals("default/kubernetes");
  }

  /// Adds kubelets that configure a DNS address that no Service has.
  private static void addStray(
      Facts facts, Map<String, KubeletConfig> configs, String address, HitGroups groups) {
    configs.forEach((name, config) -> {
      var node = facts.node(name);
      if (node.isPresent() && config.clusterDns().contains(address)) {
        groups.add(
            Hit.of(
                    Severity.CRITICAL,
                    "no Service has the address " + address,
                    node.get().name(),
                    new Evidence(config.path(), 1, 1, List.of("clusterDNS " + address)))
                .node(name)
                .detail(
                    address + ": no Service has this address, but kubelets configure it in pods"));
      }
    });
  }

  private static List<Hit> study(
      Facts facts, ServiceFact service, Map<String, Burst> fatal, Map<String, Burst> errors) {
    var pods =
        facts.podsIn(service.name().namespace()).stream()
            .filter(pod -> !pod.isOver() && service.selects(pod))
            .toList();
    var unready = pods.stream().filter(pod -> !pod.ready().isTrue()).toList();
    boolean slices = facts.missing(CheckInput.ENDPOINT_SLICES).isEmpty();
    long ready = slices ? service.readyEndpoints() : pods.size() - unready.size();
    long want = Math.max(pods.size(), slices ? service.endpoints() : 0);
    boolean seen = facts.missing(CheckInput.PODS).isEmpty();
    if (want == 0 && !seen) {
      // Neither its pods nor an address of them is in the bundle: nothing is known of it.
      return List.of();
    }
    var loop = worst(facts, pods, fatal, true);
    var failing = worst(facts, pods, errors, false);
    if (ready >= want && want > 0 && loop.isEmpty() && failing.isEmpty()) {
      return List.of();
    }
    boolean down = ready == 0 || loop.isPresent();
    var severity = down ? Severity.CRITICAL : Severity.WARNING;
    var words = words(loop, failing, unready.size());
    var detail = service.name().path() + ": " + ready + "/" + want + " ready — " + words;
    var owner = pods.isEmpty() ? service.name() : facts.root(pods.getFirst());
    var hits = new ArrayList<Hit>();
    hits.add(
        Hit.of(
                severity,
                service.name().path(),
                service.name(),
                service.place().saying("service " + service.name().path()))
            .and(loop.or(() -> failing).flatMap(Burst::evidence))
            .owner(owner)
            .detail(detail));
    for (PodFact pod : unready) {
      hits.add(
          Hit.of(
                  severity,
                  service.name().path(),
                  pod,
                  facts,
                  pod.place().saying("pod " + pod.name().path() + " is not ready"))
              .detail(detail));
    }
    return hits;
  }

  /// The pod with most such lines, if they still come or it has not become ready since.
  private static Optional<Burst> worst(
      Facts facts, List<PodFact> pods, Map<String, Burst> bursts, boolean untilReady) {
    var found = new ArrayList<Burst>();
    for (PodFact pod : pods) {
      var burst = bursts.get(pod.name().path());
      if (burst == null || !burst.isReached()) {
        continue;
      }
      if (untilReady ? !pod.ready().isTrue() : burst.isWithin(RECENT, facts.readAt(pod))) {
        found.add(burst);
      }
    }
    return found.stream().max(Comparator.comparingLong(Burst::total));
  }

  private static String words(Optional<Burst> loop, Optional<Burst> failing, int unready) {
    if (loop.isPresent()) {
      var line = loop.flatMap(Burst::newest).map(LogLine::text).orElse("");
      return line.contains("plugin/loop")
          ? "CoreDNS detected a forwarding loop"
          : "“" + RuleText.cut(line.substring(Math.max(0, line.indexOf("[FATAL]"))), 160) + "”";
    }
    if (failing.isPresent()) {
      return "its upstream resolver does not respond ("
          + RuleText.count(failing.get().total(), "error")
          + ")";
    }
    return unready == 0 ? "it has no pods" : RuleText.count(unready, "pod") + " not ready";
  }
}
