package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleResult;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ContainerEvidence;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;

/// Probes that fail repeatedly, and running containers that do not become ready.
final class PodProbeFailing extends Rule {
  private static final Duration ACTIVE = Duration.ofMinutes(15);
  private static final Duration SLOW = Duration.ofMinutes(2);
  private static final int MANY = 3;

  PodProbeFailing() {
    super(
        "pod-probe-failing",
        Layer.WORKLOAD,
        "Connection refused or 404: correct the probe's port or path. Timeout: increase"
            + " timeoutSeconds or add a startupProbe. If the application itself returns 5xx,"
            + " read its log.",
        KUBERNETES + "tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("Unhealthy");
    return (facts, conclusion) -> {
      var events = new HashMap<String, EventFact>();
      for (EventFact event : facts.events().of("Unhealthy")) {
        events.merge(event.uid(), event, (a, b) -> a.last().isAfter(b.last()) ? a : b);
      }
      var groups = HitGroups.byOwner();
      facts.pods().forEach(pod -> add(facts, conclusion, groups, pod, events));
      conclusion.found(
          groups, group -> group.who() + ": " + group.detail() + " (" + group.counted("pod") + ")");
    };
  }

  private static void add(
      Facts facts,
      RuleResult conclusion,
      HitGroups groups,
      PodFact pod,
      Map<String, EventFact> events) {
    // Probes fail while a pod ends.
    if (pod.deletion().isPresent() || pod.isOver()) {
      return;
    }
    var event = Optional.ofNullable(events.get(pod.uid()));
    var active =
        event.filter(each ->
            each.count() >= MANY
                && each.last().isAfter(facts.eventsReadAt(each).minus(ACTIVE))
                && !pod.ready().isTrue());
    for (ContainerFact container : pod.containers()) {
      if (!container.isLasting() || container.ready()) {
        continue;
      }
      boolean slow = isSlow(container, pod, facts.readAt(pod));
      if ((slow || (active.isPresent() && container.runningSince().isPresent()))
          && conclusion.claim(pod, container)) {
        groups.add(hit(facts, pod, container, active));
      }
    }
  }

  private static boolean isSlow(ContainerFact container, PodFact pod, Instant now) {
    // A lost node makes all its pods unready; that is no failure of a probe.
    return container.startedFlag()
        && container.runningSince().isPresent()
        && container.runningSince().get().isBefore(now.minus(SLOW))
        && pod.ready().isFalse();
  }

  private static Hit hit(
      Facts facts, PodFact pod, ContainerFact container, Optional<EventFact> event) {
    var message = event.map(EventFact::message).orElse("");
    var type = message.isEmpty() ? "Readiness" : message.split(" ", 2)[0];
    var what = kind(message);
    return Hit.of(
            facts.severity(pod),
            container.name() + " " + type + " " + what,
            pod,
            facts,
            ContainerEvidence.state(pod, container))
        .and(event.map(EventFact::evidence))
        .and(facts.tail(pod, container.name(), false))
        .times(event.map(EventFact::count).orElse(1L))
        .seen(
            event.map(EventFact::first).or(() -> container.runningSince()),
            event.map(EventFact::last).or(() -> Optional.of(facts.readAt(pod))))
        .detail(
            message.isEmpty()
                ? "container " + container.name() + " is running but not ready"
                : type + " probe of container " + container.name() + " fails: " + what);
  }

  private static String kind(String message) {
    if (message.isEmpty()) {
      return "not ready";
    }
    if (message.contains("refused")) {
      return "connection refused";
    }
    if (message.contains("deadline exceeded") || message.contains("timeout")) {
      return "timeout";
    }
    int code = message.indexOf("statuscode: ");
    if (code >= 0) {
      return "HTTP " + message.substring(code + 12, Math.min(message.length(), code + 15));
    }
    return message.contains("no such host") ? "DNS" : "probe failed";
  }
}
