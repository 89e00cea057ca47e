package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;

/// Events about failures to create a pod sandbox, each with its pod. Several rules derive a cause
/// from the same messages.
public final class SandboxErrors {
  public static final Duration ACTIVE = Duration.ofMinutes(15);
  private static final int TAIL = 160;
  private static final String[] REASONS = {
    "FailedCreatePodSandBox", "FailedPodSandBoxStatus", "NetworkNotReady"
  };

  /// @param made true if the pod has got its sandbox since
  public record SandboxError(PodFact pod, EventFact event, boolean made) {
    public String message() {
      return event.message();
    }
  }

  private SandboxErrors() {}

  public static void want(Subscriptions interests) {
    interests.events(REASONS);
  }

  /// The errors that are still active, and those that are over.
  public static List<SandboxError> of(Facts facts) {
    var pods = new HashMap<String, PodFact>();
    facts.pods().forEach(pod -> pods.put(pod.uid(), pod));
    var errors = new ArrayList<SandboxError>();
    for (EventFact event : facts.events().of(REASONS)) {
      var pod = pods.get(event.uid());
      if (pod == null) {
        continue;
      }
      boolean made =
          pod.sandbox().isTrue()
              && pod.sandbox().since().filter(at -> at.isAfter(event.last())).isPresent();
      boolean active = event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE));
      // A pod that still has no sandbox is stuck, though its events may have been dropped since.
      boolean stuck = !pod.sandbox().isTrue() && !pod.isOver() && pod.ready().isFalse();
      if (made || active || stuck) {
        errors.add(new SandboxError(pod, event, made));
      }
    }
    return errors;
  }

  /// The plugin that a message names, for example `flannel`; empty if it names none.
  public static String plugin(String message) {
    var failed = RuleText.between(message, "plugin type=\"", "\"");
    return failed.isEmpty() ? RuleText.between(message, "failed to find plugin \"", "\"") : failed;
  }

  /// The end of a message: the cause is at the end of a chain of errors.
  public static String tail(String message) {
    int from = Math.max(0, message.length() - TAIL);
    int colon = message.indexOf(": ", from);
    return colon < 0 ? message.substring(from) : message.substring(colon + 2);
  }
}
