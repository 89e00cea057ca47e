package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
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
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Nodes whose container runtime does not respond. The kubelet's metrics are not examined: its log
/// contains the same.
final class NodeRuntimeDown extends Rule {
  private static final LinePattern SAID =
      LinePattern.parse(
              "container runtime is down|PLEG is not healthy|container runtime not ready"
                  + "|status check may not have completed")
          .orElseThrow();
  private static final LinePattern NO_ANSWER =
      LinePattern.parse("code = Unavailable .*\\.sock|code = DeadlineExceeded").orElseThrow();
  private static final Duration SPAN = Duration.ofMinutes(15);
  private static final int ENOUGH = 3;

  NodeRuntimeDown() {
    super(
        "node-runtime-down",
        Layer.NODE,
        "Restart containerd or CRI-O on the node; check for disk errors and hung tasks first."
            + " If it happens again, crictl pods and crictl ps -a show what is stuck.",
        KUBERNETES + "tasks/debug/debug-cluster/crictl/",
        CheckInput.NODES,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    var logs = new HashMap<String, Burst>();
    interests.recentLines(
        NodeLogPaths.KUBELET,
        List.of("Container runtime sanity check failed", "pleg was last seen active"),
        "Container runtime sanity check failed|pleg was last seen active",
        line -> logs.computeIfAbsent(line.path(), _ -> new Burst(ENOUGH, SPAN)).add(line));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var unanswered = unanswered(facts);
      for (NodeFact node : facts.nodes()) {
        var ready = node.condition("Ready");
        if (!ready.isTrue() && isIn(ready.message())) {
          groups.add(
              hit(node, "reported by its kubelet")
                  .and(Optional.of(node.place().saying(node.name().toString(), ready.message())))
                  .seen(ready.since(), Optional.empty()));
        }
        events(node, unanswered).ifPresent(groups::add);
      }
      for (Burst burst : logs.values()) {
        var line = burst.newest().orElseThrow();
        var node = facts.node(line.node());
        if (node.isPresent() && burst.isReached()) {
          var hit =
              hit(node.get(), "reported in the kubelet's log")
                  .and(burst.evidence())
                  .times(burst.total())
                  .seen(burst.first(), burst.last());
          groups.add(burst.isWithin(SPAN, line.read()) ? hit : hit.over());
        }
      }
      conclusion.found(
          groups,
          group ->
              "Container runtime "
                  + (group.recovered() ? "did not respond on " : "not responding on ")
                  + group.onNodes()
                  + ": "
                  + group.cause());
    };
  }

  /// Sandbox errors because the runtime did not respond, by node.
  private static Map<String, List<SandboxErrors.SandboxError>> unanswered(Facts facts) {
    return SandboxErrors.of(facts).stream()
        .filter(error -> NO_ANSWER.isIn(error.message()))
        .collect(Collectors.groupingBy(error -> error.pod().node()));
  }

  /// The hit for three occurrences or more on one node; over, if all their pods have a sandbox by
  /// now.
  private static Optional<Hit> events(
      NodeFact node, Map<String, List<SandboxErrors.SandboxError>> unanswered) {
    var errors = unanswered.getOrDefault(node.name().name(), List.of());
    long times = errors.stream().mapToLong(error -> error.event().count()).sum();
    if (times < ENOUGH) {
      return Optional.empty();
    }
    var events = errors.stream().map(SandboxErrors.SandboxError::event).toList();
    var last = events.stream().map(EventFact::last).max(Instant::compareTo);
    var hit =
        hit(node, "requests for pods time out")
            .and(Optional.of(events.getFirst().evidence()))
            .times(times)
            .seen(events.stream().map(EventFact::first).min(Instant::compareTo), last);
    boolean over = node.isReady() && errors.stream().allMatch(SandboxErrors.SandboxError::made);
    return Optional.of(over ? hit.over() : hit);
  }

  /// Returns whether the message reports a runtime that does not respond.
  static boolean isIn(String message) {
    return SAID.isIn(message);
  }

  private static Hit hit(NodeFact node, String cause) {
    return Hit.of(Severity.CRITICAL, cause, node);
  }
}
