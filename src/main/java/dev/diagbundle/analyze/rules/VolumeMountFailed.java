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
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Pods that wait for a volume that the kubelet cannot mount.
final class VolumeMountFailed extends Rule {
  private static final Duration STARTING = Duration.ofMinutes(2);
  private static final String UNREGISTERED = "not found in the list of registered CSI drivers";

  // Without nested repetition: a hostile message costs no more than its length.
  private static final Pattern DRIVER = Pattern.compile("driver name (\\S{1,253}) " + UNREGISTERED);
  private static final Pattern VOLUME =
      Pattern.compile("for volume \"([^\"]{1,253})\"|unmounted volumes=\\[([^\\]]{1,253})\\]");

  /// Messages about missing objects, which another rule covers.
  private static final List<String> MISSING =
      List.of(
          "\" not found",
          "couldn't find key",
          "references non-existent",
          "\" not registered",
          "failed to sync");

  VolumeMountFailed() {
    super(
        "volume-mount-failed",
        Layer.STORAGE,
        "Start the CSI node plugin on the node; for NFS and iSCSI, test the server and check"
            + " the node's client packages.",
        KUBERNETES + "concepts/storage/volumes/",
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  /// @param rank the rank; a lower one is more specific
  private record Cause(int rank, String words) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedMount", "FailedMapVolume");
    var drivers = new HashMap<String, Set<String>>();
    interests.objects(
        "custom-resources",
        seen -> {
          if (seen.path().endsWith("/csinodes.storage.k8s.io.json")) {
            var names = drivers.computeIfAbsent(seen.name(), _ -> new HashSet<>());
            Fields.at(seen.tree(), "spec", "drivers")
                .forEach(driver -> names.add(Fields.text(driver, "name")));
          }
        });
    return (facts, conclusion) -> {
      var pods = new LinkedHashMap<String, PodFact>();
      facts.pods().stream()
          .filter(pod -> isWaiting(facts, pod))
          .forEach(pod -> pods.put(pod.uid(), pod));
      var worst = new TreeMap<ObjectName, EventFact>();
      for (EventFact event : facts.events().of("FailedMount", "FailedMapVolume")) {
        var pod = pods.get(event.uid());
        if (pod != null
            && Recency.is(facts, event)
            && MISSING.stream().noneMatch(event.message()::contains)
            && !isRegistered(event, pod, drivers)) {
          worst.merge(pod.name(), event, VolumeMountFailed::telling);
        }
      }
      var groups = HitGroups.byCause();
      for (PodFact pod : pods.values()) {
        var event = worst.get(pod.name());
        if (event != null) {
          groups.add(hit(facts, pod, event));
        }
      }
      conclusion.found(
          groups,
          group ->
              group.counted("pod")
                  + " cannot mount "
                  + (group.detail().isEmpty() ? "volumes" : group.detail())
                  + ": "
                  + group.cause()
                  + " on "
                  + RuleText.list(group.nodes()));
    };
  }

  private static boolean isWaiting(Facts facts, PodFact pod) {
    return !pod.isOver()
        && pod.deletion().isEmpty()
        && Recency.isOlder(pod.created(), facts.readAt(pod), STARTING)
        && pod.containers().stream()
            .allMatch(
                container -> container.runningSince().isEmpty() && container.ended().isEmpty());
  }

  /// Returns whether the event is about a driver that the node has by now.
  private static boolean isRegistered(
      EventFact event, PodFact pod, Map<String, Set<String>> drivers) {
    var driver = DRIVER.matcher(event.message());
    return driver.find() && drivers.getOrDefault(pod.node(), Set.of()).contains(driver.group(1));
  }

  private static EventFact telling(EventFact one, EventFact other) {
    return cause(other.message()).rank < cause(one.message()).rank ? other : one;
  }

  private static Hit hit(Facts facts, PodFact pod, EventFact event) {
    var volume = VOLUME.matcher(event.message());
    var name = !volume.find() ? "" : volume.group(1) == null ? volume.group(2) : volume.group(1);
    return Hit.of(
            facts.severity(pod),
            cause(event.message()).words,
            pod,
            facts,
            event.evidence(),
            pod.place().saying("pod " + pod.name().path()))
        .times(event.count())
        .seen(Optional.of(event.first()), Optional.of(event.last()))
        .detail(RuleText.cut(name, 120));
  }

  private static Cause cause(String message) {
    var driver = DRIVER.matcher(message);
    if (driver.find()) {
      return new Cause(0, "CSI driver " + driver.group(1) + " is not registered");
    }
    if (message.contains("exit status 32")) {
      return new Cause(1, "mount fails (exit status 32)");
    }
    if (message.toLowerCase(Locale.ROOT).contains("permission denied")) {
      return new Cause(1, "permission denied");
    }
    if (message.contains("timed out")
        || message.contains("deadline exceeded")
        || message.contains("timeout expired")
        || message.contains("DeadlineExceeded")) {
      return new Cause(3, "timed out");
    }
    return new Cause(2, RuleText.cut(CauseNormalizer.of(message), 160));
  }
}
