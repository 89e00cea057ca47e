package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Nodes whose pods get no network: the kubelet reports it, or the node is ready but the network
/// plugin fails for each new pod.
final class CniNotReady extends Rule {
  private static final Duration YOUNG = Duration.ofMinutes(2);
  private static final LinePattern NOT_READY =
      LinePattern.parse(
              "NetworkPluginNotReady|cni plugin not initialized|cni config uninitialized"
                  + "|no networks found in")
          .orElseThrow();
  private static final LinePattern SANDBOX =
      LinePattern.parse(
              "plugin type=\"\\S+\" failed|failed to find plugin"
                  + "|failed to (set ?up|setup) network for sandbox")
          .orElseThrow();

  CniNotReady() {
    super(
        "cni-not-ready",
        Layer.NETWORK_PLUGIN,
        "Fix the network plugin's pod on these nodes; check its configuration in /etc/cni/net.d"
            + " and the path of its binary.",
        KUBERNETES
            + "tasks/administer-cluster/migrating-from-dockershim/"
            + "troubleshooting-cni-plugin-related-errors/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (NodeFact node : facts.nodes()) {
        if (!isYoung(facts, node)) {
          said(node).ifPresent(groups::add);
        }
      }
      for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
        var node = facts.node(error.pod().node());
        var message = error.message();
        boolean ours =
            SANDBOX.isIn(message)
                || NOT_READY.isIn(message)
                || error.event().reason().equals("NetworkNotReady");
        if (ours && node.filter(each -> !isYoung(facts, each)).isPresent()) {
          var hit = hit(node.get(), error);
          groups.add(error.made() ? hit.over() : hit);
        }
      }
      conclusion.found(groups, CniNotReady::title);
    };
  }

  private static boolean isYoung(Facts facts, NodeFact node) {
    return node.created()
        .filter(at -> at.isAfter(facts.readAt(node.place().path()).minus(YOUNG)))
        .isPresent();
  }

  private static Optional<Hit> said(NodeFact node) {
    var ready = node.condition("Ready");
    var unavailable = node.condition("NetworkUnavailable");
    if (!ready.isTrue() && NOT_READY.isIn(ready.reason() + " " + ready.message())) {
      return Optional.of(
          Hit.of(
                  Severity.CRITICAL,
                  cause(ready.message()),
                  node,
                  node.place().saying("node " + node.name().name(), ready.message()))
              .seen(ready.since(), Optional.empty()));
    }
    if (!unavailable.isTrue()) {
      return Optional.empty();
    }
    return Optional.of(
        Hit.of(
                Severity.CRITICAL,
                "route or network plugin not set up",
                node,
                node.place()
                    .saying(
                        "node " + node.name().name() + ", NetworkUnavailable True",
                        unavailable.reason() + " " + unavailable.message()))
            .seen(unavailable.since(), Optional.empty()));
  }

  private static Hit hit(NodeFact node, SandboxErrors.SandboxError error) {
    var event = error.event();
    return Hit.of(Severity.CRITICAL, cause(error.message()), node, event.evidence())
        .times(event.count())
        .seen(Optional.of(event.first()), Optional.of(event.last()))
        .detail(RuleText.cut(SandboxErrors.tail(error.message()), 160));
  }

  private static String cause(String message) {
    var plugin = SandboxErrors.plugin(message);
    return (plugin.isEmpty() ? "" : plugin + ": ") + kind(message);
  }

  private static String kind(String message) {
    if (message.contains("failed to find plugin")) {
      return "the plugin's binary is missing";
    }
    if (message.contains("subnet.env")) {
      return "flannel has not written subnet.env";
    }
    if (CniIpExhausted.SANDBOX.isIn(message)) {
      return "no free address";
    }
    if (WindowsHnsBroken.SANDBOX.isIn(message)) {
      return "the HNS network of Windows is missing";
    }
    return NOT_READY.isIn(message) ? "no plugin configuration" : "the plugin fails";
  }

  private static String title(HitGroup group) {
    return "Pod network "
        + (group.recovered() ? "was not working on " : "not working on ")
        + group.onNodes()
        + ": "
        + group.cause()
        + (group.detail().isEmpty() ? "" : " — “" + group.detail() + "”");
  }
}
