package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Nodes whose kubelet has no clusterDNS, so that their pods use the node's resolver.
final class DnsNotConfigured extends Rule {
  DnsNotConfigured() {
    super(
        "dns-not-configured",
        Layer.CLUSTER_SERVICE,
        "Set clusterDNS and clusterDomain in the kubelet configuration, restart the kubelet,"
            + " and recreate the pods.",
        KUBERNETES + "concepts/services-networking/dns-pod-service/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("MissingClusterDNS");
    var known = new TreeMap<String, Boolean>();
    var places = new HashMap<String, Evidence>();
    interests.nodeFiles(
        "kubelet/configz.json",
        file -> {
          var config = file.tree().path("kubeletconfig");
          known.put(file.node(), !config.path("clusterDNS").isEmpty());
          places.put(
              file.node(),
              new Evidence(file.path(), 1, 1, List.of("kubeletconfig.clusterDNS is not set")));
        });
    return (facts, conclusion) -> {
      var pods = new HashMap<String, Integer>();
      for (PodFact pod : facts.pods()) {
        // Pods of the host network use the node's DNS by design.
        if (pod.settings().dnsPolicy().equals("ClusterFirst") && !pod.settings().hostNetwork()) {
          pods.merge(pod.node(), 1, Integer::sum);
        }
      }
      var hits = new ArrayList<Hit>();
      var told =
          facts.events().of("MissingClusterDNS").stream()
              .collect(Collectors.groupingBy(EventFact::object));
      for (NodeFact node : facts.nodes()) {
        var name = node.name().name();
        if (!known.containsKey(name)) {
          conclusion.unknown("kubelet configuration of " + name + ": not collected");
        }
        var events = told.getOrDefault(node.name(), List.of());
        // An event may be older than the configuration of now.
        boolean missing = known.containsKey(name) ? !known.get(name) : !events.isEmpty();
        if (missing && pods.containsKey(name)) {
          hits.add(hit(node, events, Optional.ofNullable(places.get(name))));
        }
      }
      boolean all = hits.size() == facts.nodes().size();
      var groups = HitGroups.byCause();
      for (Hit hit : hits) {
        groups.add(all ? hit.severity(Severity.CRITICAL) : hit);
      }
      addPods(facts, groups);
      conclusion.found(
          groups,
          group ->
              group.nodes().isEmpty()
                  ? group.counted("pod")
                      + " without cluster DNS: clusterDNS is not set in their kubelets"
                  : RuleText.count(group.nodes().size(), "node")
                      + " without cluster DNS ("
                      + RuleText.list(group.nodes())
                      + "); "
                      + RuleText.count(sum(pods, group.nodes()), "ClusterFirst pod")
                      + " there use the node's resolver instead");
    };
  }

  private static Hit hit(NodeFact node, List<EventFact> events, Optional<Evidence> config) {
    // The pods' events are about the same calls, so they are not counted.
    var times = events.stream().mapToLong(EventFact::count).sum();
    return Hit.of(Severity.WARNING, "not configured", node)
        .and(config)
        .and(events.stream().findFirst().map(EventFact::evidence))
        .times(Math.max(1, times))
        .seen(
            events.stream().map(EventFact::first).min(Instant::compareTo),
            events.stream().map(EventFact::last).max(Instant::compareTo));
  }

  /// Evidence from pods, where nodes could not be listed.
  private static void addPods(Facts facts, HitGroups groups) {
    if (!facts.nodes().isEmpty()) {
      return;
    }
    for (EventFact event : facts.events().of("MissingClusterDNS")) {
      if (event.object().kind().equals("Pod")) {
        groups.add(
            Hit.of(Severity.WARNING, "reported by pods", event.object(), event.evidence())
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last())));
      }
    }
  }

  private static long sum(Map<String, Integer> pods, List<String> nodes) {
    return nodes.stream().mapToLong(node -> pods.getOrDefault(node, 0)).sum();
  }
}
