package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Problems of kernels, disks and daemons, from conditions set by a node problem detector and from
/// kernel log lines. Events are known by their reasons, those that the detector ships with.
final class NodeProblemReported extends Rule {
  private static final Set<String> OWN =
      Set.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");
  private static final Set<String> GRAVE =
      Set.of("ReadonlyFilesystem", "KernelDeadlock", "XfsShutdown");
  private static final Set<String> KNOWN =
      Set.of(
          "CorruptDockerOverlay2",
          "FrequentKubeletRestart",
          "FrequentContainerdRestart",
          "FrequentDockerRestart",
          "FrequentUnregisterNetDevice",
          "KubeletUnhealthy",
          "ContainerRuntimeUnhealthy",
          "NTPProblem");
  private static final String[] REASONS = {
    "TaskHung",
    "KernelOops",
    "UnregisterNetDevice",
    "FilesystemIsReadOnly",
    "Ext4Error",
    "Ext4Warning",
    "IOError",
    "MemoryReadError",
    "DockerHung",
    "XfsHasShutdown",
    "CorruptDockerImage",
    "NodeHasReadonlyFilesystem"
  };
  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofHours(24);
  private static final Map<String, LinePattern> KERNEL = kernel();

  NodeProblemReported() {
    super(
        "node-problem-reported",
        Layer.NODE,
        "Cordon and drain the node, then repair or replace the disk, kernel or driver named in"
            + " the message. If the connection tracking table is full, increase"
            + " nf_conntrack_max or reduce the number of connections.",
        KUBERNETES + "tasks/debug/debug-cluster/monitor-node-health/",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events(REASONS);
    var logs = new HashMap<String, Burst>();
    interests.recentLines(
        NodeLogPaths.KERNEL,
        List.of(
            "blocked for more than",
            "Remounting filesystem read-only",
            "EXT4-fs error",
            "XFS",
            "Buffer I/O error",
            "unregister_netdevice: waiting for",
            "NULL pointer dereference",
            "nf_conntrack: table full"),
        String.join("|", patterns().values()),
        line ->
            kind(line)
                .ifPresent(kind ->
                    logs.computeIfAbsent(line.path() + " " + kind, _ -> new Burst(1, DAY))
                        .add(line)));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (NodeFact node : facts.nodes()) {
        node.conditions().forEach((type, condition) -> said(node, type, condition, groups));
      }
      for (EventFact event : facts.events().of(REASONS)) {
        var node = facts.node(event.object().name());
        boolean active = event.last().isAfter(facts.eventsReadAt(event).minus(RECENT));
        if (node.isPresent() && active) {
          groups.add(
              hit(Severity.WARNING, event.reason(), node.get(), event.message())
                  .and(Optional.of(event.evidence()))
                  .times(event.count())
                  .seen(Optional.of(event.first()), Optional.of(event.last())));
        }
      }
      logs.forEach((key, burst) -> logged(facts, key, burst, groups));
      conclusion.found(
          groups,
          group -> group.cause() + " reported on " + group.onNodes() + ": " + group.detail());
    };
  }

  private static void said(
      NodeFact node, String type, PodFact.Condition condition, HitGroups groups) {
    // Some conditions of others are good if they are true.
    boolean good = type.endsWith("Ready") || type.endsWith("Healthy") || type.startsWith("EtcdIs");
    if (!condition.isTrue() || OWN.contains(type) || good) {
      return;
    }
    var severity =
        GRAVE.contains(type)
            ? Severity.CRITICAL
            : KNOWN.contains(type) ? Severity.WARNING : Severity.INFO;
    groups.add(
        hit(severity, type, node, condition.message())
            .and(Optional.of(node.place().saying(type + " True", condition.message())))
            .seen(condition.since(), Optional.empty()));
  }

  private static void logged(Facts facts, String key, Burst burst, HitGroups groups) {
    var line = burst.newest().orElseThrow();
    var kind = key.substring(key.indexOf(' ') + 1);
    var node = facts.node(line.node());
    if (node.isEmpty() || !burst.isWithin(DAY, line.read())) {
      return;
    }
    boolean grave = kind.equals("read-only file system") || kind.equals("file system shutdown");
    groups.add(
        hit(grave ? Severity.CRITICAL : Severity.WARNING, kind, node.get(), line.text())
            .and(burst.evidence())
            .times(burst.total())
            .seen(burst.first(), burst.last()));
  }

  private static Hit hit(Severity severity, String cause, NodeFact node, String message) {
    return Hit.of(severity, cause, node).detail("“" + RuleText.cut(message, 160) + "”");
  }

  private static Optional<String> kind(LogLine line) {
    return KERNEL.entrySet().stream()
        .filter(each -> each.getValue().isIn(line.text()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, String> patterns() {
    var patterns = new LinkedHashMap<String, String>();
    patterns.put("hung task", "blocked for more than \\d+ seconds");
    patterns.put("read-only file system", "Remounting filesystem read-only");
    patterns.put("file system error", "EXT4-fs error");
    patterns.put("file system shutdown", "XFS .* Shutting down");
    patterns.put("disk error", "Buffer I/O error");
    patterns.put("network device in use after removal", "unregister_netdevice: waiting for");
    patterns.put("kernel oops", "NULL pointer dereference");
    patterns.put("conntrack table full", "nf_conntrack: table full");
    return patterns;
  }

  private static Map<String, LinePattern> kernel() {
    var kernel = new LinkedHashMap<String, LinePattern>();
    patterns().forEach((kind, text) -> kernel.put(kind, LinePattern.parse(text).orElseThrow()));
    return kernel;
  }
}
