package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.LinePattern;

/// Nodes without a free pod address, or without a podCIDR.
final class CniIpExhausted extends Rule {
  static final LinePattern SANDBOX =
      LinePattern.parse(
              "(?i)no IP addresses available in range|failed to allocate .*\\bIP"
                  + "|InsufficientFreeAddresses|no available IP")
          .orElseThrow();
  private static final String[] NODE_REASONS = {"CIDRNotAvailable", "CIDRAssignmentFailed"};

  CniIpExhausted() {
    super(
        "cni-ip-exhausted",
        Layer.NETWORK_PLUGIN,
        "Release the addresses of deleted pods, enlarge the pod CIDR or the subnet, or lower"
            + " maxPods.",
        KUBERNETES + "concepts/cluster-administration/networking/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    interests.events(NODE_REASONS);
    var ranges = new HashMap<String, String>();
    interests.objects(
        "nodes", seen -> ranges.put(seen.name(), Fields.text(seen.tree(), "spec", "podCIDR")));
    return (facts, conclusion) -> {
      var pods = new HashMap<String, Integer>();
      facts.pods().stream()
          .filter(pod -> !pod.isOver() && !pod.settings().hostNetwork())
          .forEach(pod -> pods.merge(pod.node(), 1, Integer::sum));
      var groups = HitGroups.byCause();
      for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
        var node = facts.node(error.pod().node());
        if (node.isEmpty() || !SANDBOX.isIn(error.message())) {
          continue;
        }
        var hit =
            hit(node.get(), error.event(), plugin(error.message()))
                .detail(range(ranges.getOrDefault(node.get().name().name(), "")))
                .and(Optional.of(place(node.get(), ranges, pods)));
        groups.add(error.made() ? hit.over() : hit);
      }
      for (EventFact event : facts.events().of(NODE_REASONS)) {
        var node = facts.node(event.object().name());
        // A node that has a range got it after the event.
        if (node.isPresent() && ranges.getOrDefault(node.get().name().name(), "").isEmpty()) {
          groups.add(
              hit(node.get(), event, "no podCIDR for the node")
                  .detail("no podCIDR left to assign"));
        }
      }
      conclusion.found(
          groups,
          group ->
              "Pod addresses exhausted on "
                  + group.onNodes()
                  + (group.detail().isEmpty() ? "" : ": " + group.detail()));
    };
  }

  private static String plugin(String message) {
    var plugin = SandboxErrors.plugin(message);
    return plugin.isEmpty() ? "the network plugin" : plugin;
  }

  private static String range(String cidr) {
    return cidr.isEmpty() ? "" : "range " + cidr;
  }

  private static dev.diagbundle.findings.Evidence place(
      NodeFact node, Map<String, String> ranges, Map<String, Integer> pods) {
    var name = node.name().name();
    return node.place()
        .saying(
            "node " + name + ", podCIDR " + ranges.getOrDefault(name, "not set"),
            RuleText.count(pods.getOrDefault(name, 0), "pod") + " there need an address");
  }

  private static Hit hit(NodeFact node, EventFact event, String cause) {
    return Hit.of(Severity.CRITICAL, cause, node, event.evidence())
        .times(event.count())
        .seen(Optional.of(event.first()), Optional.of(event.last()));
  }
}
