package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Windows nodes whose Host Networking Service (HNS) has lost the pod network. The arguments of
/// kube-proxy are known only if it logs its flags.
final class WindowsHnsBroken extends Rule {
  /// The messages of Windows network plugins in sandbox errors.
  static final LinePattern SANDBOX =
      LinePattern.parse("hcn\\w+ failed|HNS failed|(?i:HNS network).*(not found|missing)|hnsCall")
          .orElseThrow();

  private static final List<String> LITERALS =
      List.of(
          "hns network",
          "querying hns",
          "hns failed",
          "source-vip flag not set",
          "kube_network",
          "hcn",
          "vethernet");
  private static final String PATTERN =
      "(?i)Unable to find HNS Network|could not find HNS network"
          + "|HNS network is not present or has changed|Querying HNS for endpoints failed"
          + "|source-vip flag not set|KUBE_NETWORK .* not initialized|hcn\\w+ failed|HNS failed"
          + "|vEthernet.*(not found|does not exist)|no .*vEthernet";
  private static final String RENAMED =
      "kube-proxy runs without --hostname-override, and the node name differs from the host name";
  private static final int ENOUGH = 3;
  private static final Duration SPAN = Duration.ofHours(24);
  // kube-proxy and the kubelet retry within minutes.
  private static final Duration RECENT = Duration.ofHours(1);

  WindowsHnsBroken() {
    super(
        "windows-hns-broken",
        Layer.NETWORK_PLUGIN,
        "Recreate the HNS network with the correct InterfaceName, start kube-proxy with"
            + " --hostname-override, and allow MAC spoofing on the machine's network adapters.",
        KUBERNETES + "tasks/debug/debug-cluster/windows/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    var faults = new HashMap<String, Burst>();
    var flags = new HashMap<String, LogLine>();
    for (String logs :
        List.of(
            NodeLogPaths.KUBELET,
            NodeLogPaths.KUBE_PROXY,
            "cluster-resources/pods/logs/*/*kube-proxy*/*")) {
      interests.recentLines(
          logs,
          LITERALS,
          PATTERN,
          line -> faults.computeIfAbsent(line.path(), _ -> new Burst(ENOUGH, SPAN)).add(line));
      // kube-proxy writes its flags when it starts, however long ago.
      interests.lines(
          logs,
          List.of("--hostname-override="),
          "--hostname-override=\"\"",
          line -> flags.put(line.path(), line.brief()));
    }
    return (facts, conclusion) -> {
      var nodes = new HashMap<String, String>();
      facts.pods().forEach(pod -> nodes.put(pod.name().path(), pod.node()));
      var renamed = new HashMap<String, LogLine>();
      for (LogLine line : flags.values()) {
        node(facts, nodes, Optional.of(line))
            .filter(NodeFact::isWindows)
            .filter(WindowsHnsBroken::isRenamed)
            .ifPresent(node -> renamed.put(node.name().name(), line));
      }
      var groups = HitGroups.byCause();
      for (Burst fault : faults.values()) {
        var node = node(facts, nodes, fault.newest());
        if (fault.isReached() && node.filter(NodeFact::isWindows).isPresent()) {
          var hit =
              hit(node.get().name(), cause(renamed, node.get()))
                  .and(fault.evidence())
                  .times(fault.total())
                  .seen(fault.first(), fault.last());
          var read = fault.newest().orElseThrow().read();
          groups.add(fault.isWithin(RECENT, read) ? hit : hit.over());
        }
      }
      addSandboxes(facts, renamed, groups);
      renamed.forEach((name, line) ->
          groups.add(
              hit(new ObjectName("Node", "", name), RENAMED).and(Optional.of(line.evidence()))));
      facts.nodes().stream()
          .filter(NodeFact::isWindows)
          .map(node -> node.name().name())
          .filter(name -> !hasLogs(facts, name))
          .forEach(
              name -> conclusion.unknown("logs of the kubelet of " + name + ": not collected"));
      conclusion.found(
          groups,
          group -> "Windows networking (HNS) broken on " + group.onNodes() + ": " + group.cause());
    };
  }

  private static void addSandboxes(Facts facts, Map<String, LogLine> renamed, HitGroups groups) {
    for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
      var node = facts.node(error.pod().node()).filter(NodeFact::isWindows);
      if (node.isPresent() && SANDBOX.isIn(error.message())) {
        var hit =
            hit(node.get().name(), cause(renamed, node.get()))
                .and(Optional.of(error.event().evidence()))
                .times(error.event().count())
                .seen(Optional.of(error.event().first()), Optional.of(error.event().last()));
        groups.add(error.made() ? hit.over() : hit);
      }
    }
  }

  private static Optional<NodeFact> node(
      Facts facts, Map<String, String> nodes, Optional<LogLine> line) {
    return line.flatMap(each ->
        facts.node(each.pod().isEmpty() ? each.node() : nodes.getOrDefault(each.pod(), "")));
  }

  /// The cause: kube-proxy, if it runs without the flag and so deletes the state of HNS.
  private static String cause(Map<String, LogLine> renamed, NodeFact node) {
    return renamed.containsKey(node.name().name())
        ? RENAMED
        : "its HNS network is missing or has changed";
  }

  private static boolean hasLogs(Facts facts, String node) {
    return !facts.below("nodes/" + node + "/services/kube").isEmpty()
        || !facts.below("nodes/" + node + "/files/kube").isEmpty();
  }

  private static boolean isRenamed(NodeFact node) {
    var host = node.labels().getOrDefault("kubernetes.io/hostname", node.name().name());
    return !host.equals(node.name().name());
  }

  private static Hit hit(ObjectName node, String cause) {
    return Hit.of(Severity.CRITICAL, cause, node).node(node.name());
  }
}
