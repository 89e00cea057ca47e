package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubeletConfig;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.analyze.rules.support.NodeStats;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Quantity;

/// Nodes that are low on memory or process IDs.
final class NodeMemoryPidPressure extends Rule {
  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final KubeletConfig DEFAULTS =
      new KubeletConfig("", Map.of(), List.of(), "", 0, "");
  private static final long MEBIBYTE = 1L << 20;
  private static final double LINUX = 100.0 * MEBIBYTE;
  private static final double WINDOWS = 500.0 * MEBIBYTE;
  private static final int THOUSAND = 1_000;
  private static final double FULL = 0.9;

  NodeMemoryPidPressure() {
    super(
        "node-memory-pid-pressure",
        Layer.NODE,
        "Move or limit the workloads that use the most, and set requests so that the scheduler"
            + " accounts for them. Reserve memory and process IDs for the system (kubeReserved,"
            + " systemReserved, podPidsLimit).",
        KUBERNETES + "concepts/scheduling-eviction/node-pressure-eviction/",
        CheckInput.NODES,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("SystemOOM");
    var stats = NodeStats.want(interests);
    var configs = KubeletConfig.want(interests);
    var kills = new HashMap<String, Burst>();
    // The message for a process above its container's limit differs in the first words only.
    interests.recentLines(
        NodeLogPaths.KERNEL,
        List.of("Out of memory: Killed process"),
        "Out of memory: Killed process",
        line -> kills.computeIfAbsent(line.path(), _ -> new Burst(1, RECENT)).add(line));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var unknown = new ArrayList<String>();
      for (NodeFact node : facts.nodes()) {
        var name = node.name().name();
        conditions(node, groups);
        var said = stats.get(name);
        if (said == null) {
          unknown.add(name);
        } else {
          amounts(node, said, configs.getOrDefault(name, DEFAULTS)).forEach(groups::add);
        }
      }
      events(facts, groups);
      kills.values().forEach(kill -> killed(facts, kill, groups));
      conclusion.found(groups, NodeMemoryPidPressure::title);
      NodeDiskPressure.unknown(conclusion, unknown);
    };
  }

  private static void conditions(NodeFact node, HitGroups groups) {
    for (var each : Map.of("MemoryPressure", "memory", "PIDPressure", "PIDs").entrySet()) {
      var condition = node.condition(each.getKey());
      if (condition.isTrue()) {
        groups.add(
            hit(Severity.CRITICAL, each.getValue(), node)
                .and(Optional.of(node.place().saying(each.getKey() + " True", condition.message())))
                .seen(condition.since(), Optional.empty())
                .detail(each.getKey()));
      }
    }
  }

  private static List<Hit> amounts(NodeFact node, NodeStats stats, KubeletConfig config) {
    var hits = new ArrayList<Hit>();
    double capacity =
        Quantity.thousandths(node.capacity().getOrDefault("memory", "0")) / (double) THOUSAND;
    double otherwise = node.isWindows() ? WINDOWS : LINUX;
    double limit =
        capacity <= 0
            ? otherwise
            : capacity * config.threshold("memory.available", capacity, otherwise / capacity);
    long free = stats.memoryAvailable();
    if (free >= 0 && free < 2 * limit) {
      var words = free / MEBIBYTE + " MiB free";
      hits.add(
          hit(Severity.WARNING, "memory", node)
              .and(Optional.of(stats.saying(words, stats.byMemory())))
              .detail(words));
    }
    if (stats.maxProcesses() > 0 && stats.processes() >= FULL * stats.maxProcesses()) {
      var words = stats.processes() + " of " + stats.maxProcesses() + " in use";
      hits.add(
          hit(Severity.WARNING, "PIDs", node)
              .and(Optional.of(stats.saying(words, List.of())))
              .detail(words));
    }
    return hits;
  }

  private static void events(Facts facts, HitGroups groups) {
    for (EventFact event : facts.events().of("SystemOOM")) {
      var node = facts.node(event.object().name());
      if (node.isPresent()) {
        boolean active = event.last().isAfter(facts.eventsReadAt(event).minus(RECENT));
        var hit =
            hit(Severity.WARNING, "memory", node.get())
                .and(Optional.of(event.evidence()))
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last()))
                .detail("the kernel OOM-killed a system process");
        groups.add(active ? hit : hit.over());
      }
    }
  }

  private static void killed(Facts facts, Burst kill, HitGroups groups) {
    var line = kill.newest().orElseThrow();
    facts
        .node(line.node())
        .filter(_ -> kill.isWithin(Duration.ofHours(24), line.read()))
        .ifPresent(node -> {
          var hit =
              hit(Severity.WARNING, "memory", node)
                  .and(kill.evidence())
                  .times(kill.total())
                  .seen(kill.first(), kill.last())
                  .detail("the kernel OOM-killed " + RuleText.count(kill.total(), "process"));
          groups.add(kill.isWithin(RECENT, line.read()) ? hit : hit.over());
        });
  }

  private static Hit hit(Severity severity, String resource, NodeFact node) {
    return Hit.of(severity, resource, node);
  }

  private static String title(HitGroup group) {
    return RuleText.count(group.nodes().size(), "node")
        + (group.recovered() ? " was low on " : " low on ")
        + group.cause()
        + " ("
        + RuleText.list(group.nodes())
        + "): "
        + group.detail();
  }
}
