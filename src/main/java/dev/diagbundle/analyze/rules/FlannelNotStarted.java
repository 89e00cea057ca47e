package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Nodes on which flannel has not started: subnet.env is missing, or flannel waits for a network.
/// No bundle contains the SourceVip.json that a Windows node keeps after it rejoins, so that case
/// shows only by its consequences.
final class FlannelNotStarted extends Rule {
  private static final LinePattern SUBNET =
      LinePattern.parse(
              "open .*[/\\\\]run[/\\\\]flannel[/\\\\]subnet\\.env: (no such file|.*cannot find)")
          .orElseThrow();
  private static final List<String> LOGS =
      List.of(
          "nodes/*/{services/flanneld.log,files/flanneld/**}",
          "cluster-resources/pods/logs/*/*flannel*/*");
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration RECENT = Duration.ofMinutes(15);
  private static final int MANY_WAITS = 10;

  FlannelNotStarted() {
    super(
        "flannel-not-started",
        Layer.NETWORK_PLUGIN,
        "Restart flanneld (start.ps1 on Windows) with the correct interface; after a node has"
            + " rejoined the cluster, delete C:\\k\\SourceVip*.json there.",
        KUBERNETES + "tasks/debug/debug-cluster/windows/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    var waits = new HashMap<String, Burst>();
    for (String logs : LOGS) {
      interests.recentLines(
          logs,
          List.of("Waiting for the Network to be created"),
          "Waiting for the Network to be created",
          line -> waits.computeIfAbsent(line.path(), _ -> waiting()).add(line));
    }
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
        var node = facts.node(error.pod().node());
        var event = error.event();
        // In its first minute a node waits for flannel as it should.
        boolean starting =
            node.flatMap(NodeFact::created)
                .filter(at -> event.last().isBefore(at.plus(START)))
                .isPresent();
        if (node.isEmpty() || starting || !SUBNET.isIn(event.message())) {
          continue;
        }
        var hit =
            hit(node.get().name(), "subnet.env was not written")
                .and(Optional.of(event.evidence()))
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last()));
        groups.add(error.made() ? hit.over() : hit);
      }
      var nodes = new HashMap<String, String>();
      facts.pods().forEach(pod -> nodes.put(pod.name().path(), pod.node()));
      for (Burst wait : waits.values()) {
        var line = wait.newest().orElseThrow();
        var node = line.pod().isEmpty() ? line.node() : nodes.getOrDefault(line.pod(), "");
        // A pod that is in no list is on no node that is known.
        if (!node.isEmpty()
            && wait.isReached()
            && wait.isWithin(RECENT, line.read())
            && wait.isAtEnd(facts)) {
          groups.add(
              hit(new ObjectName("Node", "", node), "waiting for its network to be created")
                  .and(wait.evidence())
                  .times(wait.total())
                  .seen(wait.first(), wait.last()));
        }
      }
      conclusion.found(
          groups, group -> "Flannel did not start on " + group.onNodes() + ": " + group.cause());
    };
  }

  private static Burst waiting() {
    return new Burst(MANY_WAITS, Duration.ofHours(24));
  }

  private static Hit hit(ObjectName node, String cause) {
    return Hit.of(Severity.CRITICAL, cause, node).node(node.name());
  }
}
