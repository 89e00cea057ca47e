package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.ContainerTermination;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.LinePattern;

/// Images that do not match the operating system or architecture of their node.
final class OsImageMismatch extends Rule {
  private static final LinePattern MISMATCH =
      LinePattern.parse(
              "container operating system does not match the host|0xc0370101"
                  + "|no match(ing)? .*(platform|manifest)|exec format error")
          .orElseThrow();
  private static final Set<String> REFUSED =
      Set.of("PodOSNotSupported", "PodOSSelectorNodeLabelDoesNotMatch");

  OsImageMismatch() {
    super(
        "os-image-mismatch",
        Layer.NETWORK_PLUGIN,
        "Use an image (or pause image version) that matches the node's build, and restrict pods"
            + " to matching nodes with kubernetes.io/os and node.kubernetes.io/windows-build.",
        KUBERNETES + "concepts/windows/user-guide/",
        CheckInput.NODES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    var wincat = new HashMap<String, LogLine>();
    interests.recentLines(
        NodeLogPaths.KUBELET,
        List.of("wincat"),
        "wincat.*not found|wincat.*cannot find",
        line -> wincat.putIfAbsent(line.node(), line.brief()));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var tools = HitGroups.byCause();
      for (PodFact pod : facts.pods()) {
        if (REFUSED.contains(pod.reason())) {
          groups.add(
              hit(facts, pod, "the pod's operating system", "pod").and(said(pod, pod.message())));
        }
        for (ContainerFact container : pod.containers()) {
          var words = words(facts, pod, container);
          if (words.isPresent()) {
            groups.add(hit(facts, pod, container.image(), "app image").and(words));
          }
        }
      }
      for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
        if (MISMATCH.isIn(error.message())) {
          var hit =
              hit(facts, error.pod(), "the pause image", "pause image")
                  .and(Optional.of(error.event().evidence()))
                  .times(error.event().count())
                  .seen(Optional.of(error.event().first()), Optional.of(error.event().last()));
          groups.add(error.made() ? hit.over() : hit);
        }
      }
      wincat.forEach((name, line) ->
          facts
              .node(name)
              .ifPresent(node ->
                  tools.add(
                      Hit.of(
                              Severity.WARNING,
                              "the pause image (without wincat, which port forwarding needs) does"
                                  + " not match "
                                  + platform(node),
                              node.name(),
                              line.evidence())
                          .node(name)
                          .detail("pause image"))));
      conclusion.found(groups, group -> title(group) + group.counted("pod") + ")");
      conclusion.found(tools, group -> title(group) + group.counted("node") + ")");
    };
  }

  private static Hit hit(Facts facts, PodFact pod, String image, String stage) {
    var node = facts.node(pod.node());
    var fits = node.map(OsImageMismatch::platform).orElse("its node");
    return Hit.of(facts.severity(pod), image + " does not match " + fits, pod, facts)
        .and(node.map(each -> each.place().saying("node " + pod.node() + " is " + fits)))
        .detail(stage);
  }

  /// Evidence that the image of a container does not match: its state, or the last lines of its
  /// log.
  private static Optional<Evidence> words(Facts facts, PodFact pod, ContainerFact container) {
    var ended = container.latestEnd().map(ContainerTermination::message).orElse("");
    for (String text : List.of(container.waitingMessage(), ended)) {
      if (MISMATCH.isIn(text)) {
        return said(pod, text);
      }
    }
    // A healthy container may have logged an error about another image long ago.
    if (container.ready()) {
      return Optional.empty();
    }
    return facts
        .tail(pod, container.name(), false)
        .or(() -> facts.tail(pod, container.name(), true))
        .filter(tail -> tail.lines().stream().anyMatch(line -> line.contains("exec format error")));
  }

  private static Optional<Evidence> said(PodFact pod, String message) {
    return Optional.of(pod.place().saying("pod " + pod.name().path(), message));
  }

  private static String platform(NodeFact node) {
    var build = node.labels().getOrDefault("node.kubernetes.io/windows-build", "");
    return node.info().getOrDefault("operatingSystem", "?")
        + "/"
        + node.info().getOrDefault("architecture", "?")
        + (build.isEmpty() ? "" : "/" + build);
  }

  private static String title(HitGroup group) {
    return RuleText.cut(group.cause(), 200)
        + (group.nodes().isEmpty() ? "" : " of " + RuleText.list(group.nodes()))
        + " ("
        + group.detail()
        + ", ";
  }
}
