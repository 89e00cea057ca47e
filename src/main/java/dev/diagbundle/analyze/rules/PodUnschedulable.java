package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Quantity;

/// Pods that cannot be scheduled to any node.
final class PodUnschedulable extends Rule {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration SCALE_UP = Duration.ofMinutes(10);

  PodUnschedulable() {
    super(
        "pod-unschedulable",
        Layer.SCHEDULING,
        "Reduce the requests or the replicas, or add nodes that satisfy the named constraint."
            + " Use a Service instead of a hostPort.",
        KUBERNETES + "tasks/debug/debug-application/debug-pods/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedScheduling", "TriggeredScaleUp");
    return (facts, conclusion) -> {
      var events = new HashMap<String, EventFact>();
      for (EventFact event : facts.events().of("FailedScheduling", "TriggeredScaleUp")) {
        events.put(event.reason() + " " + event.uid(), event);
      }
      var groups = HitGroups.byOwner();
      for (PodFact pod : facts.pods()) {
        if (isUnscheduled(facts, pod)) {
          groups.add(hit(facts, pod, events));
        }
      }
      conclusion.found(
          groups,
          group -> group.who() + ": " + group.counted("pod") + " unschedulable: " + group.detail());
    };
  }

  private static boolean isUnscheduled(Facts facts, PodFact pod) {
    var since = pod.scheduled().since();
    return pod.phase().equals("Pending")
        && pod.deletion().isEmpty()
        && pod.scheduled().isFalse()
        && since.isPresent()
        && since.get().isBefore(facts.readAt(pod).minus(SOON));
  }

  private static Hit hit(Facts facts, PodFact pod, Map<String, EventFact> events) {
    var reasons = reasons(pod.scheduled().message());
    var never = neverFits(facts, pod);
    var scaling =
        Optional.ofNullable(events.get("TriggeredScaleUp " + pod.uid()))
            .filter(event -> event.last().isAfter(facts.eventsReadAt(event).minus(SCALE_UP)));
    boolean gated = pod.scheduled().reason().equals("SchedulingGated");
    var failed =
        Optional.ofNullable(events.get("FailedScheduling " + pod.uid())).map(EventFact::evidence);
    return Hit.of(
            gated || scaling.isPresent() ? Severity.INFO : facts.severity(pod),
            CauseNormalizer.of(reasons, pod.name().name()),
            pod,
            facts,
            place(pod))
        .and(failed)
        .seen(pod.scheduled().since(), Optional.of(facts.readAt(pod)))
        .detail(
            RuleText.cut(reasons.isEmpty() ? pod.scheduled().reason() : reasons, 200)
                + never.map(words -> "; " + words).orElse(""));
  }

  private static Evidence place(PodFact pod) {
    return pod.place()
        .saying("pod " + pod.name().path() + ", PodScheduled False", pod.scheduled().message());
  }

  /// The scheduler's reasons with their numbers of nodes, without the part about preemption.
  static String reasons(String message) {
    var text = message;
    for (String end : new String[] {" preemption:", " no new claims to deallocate"}) {
      int at = text.indexOf(end);
      text = at < 0 ? text : text.substring(0, at);
    }
    int begin = text.indexOf("nodes are available: ");
    text = begin < 0 ? text : text.substring(begin + "nodes are available: ".length());
    return text.strip().replaceAll("[.,]+$", "");
  }

  /// A request that is larger than the largest node, however empty that is.
  private static Optional<String> neverFits(Facts facts, PodFact pod) {
    if (facts.nodes().isEmpty() || facts.missing(CheckInput.NODES).isPresent()) {
      return Optional.empty();
    }
    long cpu = largest(facts, "cpu");
    if (pod.cpu() > cpu) {
      return Optional.of(
          "the request can never fit ("
              + cores(pod.cpu())
              + " CPU, the largest node has "
              + cores(cpu)
              + ")");
    }
    long memory = largest(facts, "memory");
    if (pod.memory() > memory) {
      return Optional.of(
          "the request can never fit ("
              + gibibytes(pod.memory())
              + " GiB of memory, the largest"
              + " node has "
              + gibibytes(memory)
              + ")");
    }
    return Optional.empty();
  }

  private static long largest(Facts facts, String resource) {
    return facts.nodes().stream()
        .mapToLong(node -> Quantity.thousandths(node.allocatable().getOrDefault(resource, "")))
        .max()
        .orElse(0);
  }

  private static String cores(long thousandths) {
    return thousandths % 1_000 == 0 ? "" + thousandths / 1_000 : thousandths + "m";
  }

  private static long gibibytes(long thousandths) {
    return (thousandths / 1_000) >> 30;
  }
}
