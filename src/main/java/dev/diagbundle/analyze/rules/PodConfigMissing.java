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
import java.util.regex.Pattern;

/// ConfigMaps, Secrets or keys that containers refer to but that do not exist. The kubelet's
/// message is decisive, not the absence from the bundle: Secrets are often not collected.
final class PodConfigMissing extends Rule {
  private static final Duration ACTIVE = Duration.ofMinutes(15);

  // Without nested repetition: a hostile message costs no more than its length.
  private static final Pattern OBJECT =
      Pattern.compile("(configmap|secret)s? \"?([a-z0-9.-]{1,253})\"? not found");
  private static final Pattern KEY =
      Pattern.compile(
          "couldn't find key (\\S{1,253}) in (ConfigMap|Secret) ([a-z0-9-]{1,63})/([a-z0-9.-]{1,253})");
  private static final Pattern REFERENCE =
      Pattern.compile("references non-existent (config|secret) key: (\\S{1,253})");

  PodConfigMissing() {
    super(
        "pod-config-missing",
        Layer.WORKLOAD,
        "Create the object or the key in the same namespace, or correct the reference.",
        KUBERNETES + "tasks/configure-pod-container/configure-pod-configmap/",
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedMount", "Failed");
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          var missing = missing(container.waitingMessage());
          if (container.waiting().equals("CreateContainerConfigError")
              && missing.isPresent()
              && conclusion.claim(pod, container)) {
            groups.add(
                hit(facts, pod, missing.get())
                    .and(Optional.of(ContainerEvidence.state(pod, container))));
          }
        }
      }
      addMounts(facts, conclusion, groups);
      conclusion.found(
          groups,
          group -> group.detail() + " is missing: " + group.counted("pod") + " cannot start");
    };
  }

  private static void addMounts(Facts facts, RuleResult conclusion, HitGroups groups) {
    var pods = new HashMap<String, PodFact>();
    facts.pods().forEach(pod -> pods.put(pod.uid(), pod));
    for (EventFact event : facts.events().of("FailedMount", "Failed")) {
      var pod = pods.get(event.uid());
      var missing = missing(event.message());
      boolean active = event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE));
      if (pod == null || missing.isEmpty() || !active || pod.ready().isTrue() || pod.isOver()) {
        continue;
      }
      boolean any = false;
      for (ContainerFact container : pod.containers()) {
        boolean waits = !container.waiting().isEmpty() && container.runningSince().isEmpty();
        any |= waits && conclusion.claim(pod, container);
      }
      if (any) {
        groups.add(
            hit(facts, pod, missing.get())
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last()))
                .and(Optional.of(event.evidence())));
      }
    }
  }

  private static Hit hit(Facts facts, PodFact pod, String missing) {
    var where = missing.contains("/") ? missing : inNamespace(missing, pod);
    return Hit.of(facts.severity(pod), where, pod, facts)
        .seen(pod.created(), Optional.of(facts.readAt(pod)))
        .detail(where);
  }

  private static String inNamespace(String missing, PodFact pod) {
    int blank = missing.indexOf(' ');
    return missing.substring(0, blank + 1)
        + pod.name().namespace()
        + "/"
        + missing.substring(blank + 1);
  }

  /// The missing object named in the message, for example `Secret db`.
  private static Optional<String> missing(String message) {
    var key = KEY.matcher(message);
    if (key.find()) {
      return Optional.of(
          key.group(2) + " " + key.group(3) + "/" + key.group(4) + "[" + key.group(1) + "]");
    }
    var object = OBJECT.matcher(message);
    if (object.find()) {
      var kind = object.group(1).equals("secret") ? "Secret" : "ConfigMap";
      return Optional.of(kind + " " + object.group(2));
    }
    var reference = REFERENCE.matcher(message);
    if (reference.find()) {
      var kind = reference.group(1).equals("secret") ? "Secret" : "ConfigMap";
      return Optional.of(kind + " key " + reference.group(2));
    }
    return Optional.empty();
  }
}
