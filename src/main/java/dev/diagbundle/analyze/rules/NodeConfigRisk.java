package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubeletConfig;
import dev.diagbundle.analyze.rules.support.KubernetesVersions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Quantity;

/// Risky node settings: unsupported version skew, no reserved resources, cgroup v1, disabled image
/// garbage collection, machines with the same identity. The version of cgroups is known by the
/// kubelet's event only, not by its metrics.
final class NodeConfigRisk extends Rule {
  private static final int MAX_SKEW = 3;
  private static final int NEVER = 100;

  NodeConfigRisk() {
    super(
        "node-config-risk",
        Layer.NODE,
        "Upgrade outdated kubelets; set kubeReserved, systemReserved and eviction thresholds;"
            + " move to cgroup v2; enable image garbage collection; regenerate machine IDs on"
            + " cloned machines.",
        KUBERNETES + "tasks/administer-cluster/reserve-compute-resources/",
        CheckInput.NODES,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("CgroupV1");
    var configs = KubeletConfig.want(interests);
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var server = KubernetesVersions.minor(facts.serverVersion());
      var unknown = new ArrayList<String>();
      for (NodeFact node : facts.nodes()) {
        addVersion(node, server, groups);
        var config = configs.get(node.name().name());
        if (config == null) {
          unknown.add(node.name().name());
        } else {
          addConfig(node, config, groups);
        }
      }
      for (EventFact event : facts.events().of("CgroupV1")) {
        facts
            .node(event.object().name())
            .ifPresent(node ->
                groups.add(
                    hit(
                        Severity.INFO,
                        "cgroup v1, which will be removed",
                        node,
                        event.evidence())));
      }
      addClones(facts, groups);
      conclusion.found(
          groups, group -> group.counted("node") + " (" + group.names() + "): " + group.cause());
      if (!unknown.isEmpty()) {
        conclusion.unknown(
            "kubelet configuration of " + RuleText.list(unknown) + ": not collected");
      }
    };
  }

  private static void addVersion(NodeFact node, int server, HitGroups groups) {
    int own = KubernetesVersions.minor(node.info().getOrDefault("kubeletVersion", ""));
    if (own >= 0 && server >= 0 && (own > server || server - own > MAX_SKEW)) {
      groups.add(
          hit(
              Severity.WARNING,
              own > server
                  ? "kubelet newer than the API server"
                  : "kubelet more than three versions older than the API server",
              node,
              node.place().saying("kubeletVersion " + node.info().get("kubeletVersion"))));
    }
  }

  private static void addConfig(NodeFact node, KubeletConfig config, HitGroups groups) {
    var place = new Evidence(config.path(), 1, 1, List.of("kubeletconfig"));
    var all = node.allocatable().getOrDefault("memory", "");
    if (!all.isEmpty()
        && config.evictionHard().isEmpty()
        && Quantity.thousandths(all)
            == Quantity.thousandths(node.capacity().getOrDefault("memory", ""))) {
      groups.add(
          hit(
              Severity.INFO,
              "no memory is reserved for the system and eviction is off",
              node,
              place.saying("evictionHard is empty")));
    }
    if (config.imageGcHighPercent() == NEVER && config.imageMaximumGcAge().equals("0s")) {
      groups.add(
          hit(
              Severity.INFO,
              "image garbage collection is off",
              node,
              place.saying("imageGCHighThresholdPercent 100, imageMaximumGCAge 0s")));
    }
  }

  /// Nodes that share an identity; of one host, if they share the boot as well.
  private static void addClones(Facts facts, HitGroups groups) {
    var same = new HashMap<String, List<NodeFact>>();
    for (NodeFact node : facts.nodes()) {
      for (String field : List.of("machineID", "systemUUID")) {
        var id = node.info().getOrDefault(field, "");
        if (!id.isEmpty()) {
          same.computeIfAbsent(field + " " + id, _ -> new ArrayList<>()).add(node);
        }
      }
    }
    for (Map.Entry<String, List<NodeFact>> entry : same.entrySet()) {
      var nodes = entry.getValue();
      if (nodes.size() < 2) {
        continue;
      }
      boolean oneHost =
          nodes.stream().map(node -> node.info().getOrDefault("bootID", "")).distinct().count()
              == 1;
      for (NodeFact node : nodes) {
        groups.add(
            hit(
                oneHost ? Severity.INFO : Severity.WARNING,
                oneHost
                    ? "they run on the same host"
                    : "cloned: they share a machine ID or a system UUID",
                node,
                node.place().saying(entry.getKey())));
      }
    }
  }

  private static Hit hit(Severity severity, String risk, NodeFact node, Evidence evidence) {
    return Hit.of(severity, risk, node, evidence);
  }
}
