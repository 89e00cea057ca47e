package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.EventFact;
import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Events that tell of pods whose sandbox could not be made, each with its pod. Several rules read
/// a cause out of the same messages.
final class SandboxErrors {
  static final Duration ACTIVE = Duration.ofMinutes(15);
  private static final int TAIL = 160;
  private static final String[] REASONS = {
    "FailedCreatePodSandBox", "FailedPodSandBoxStatus", "NetworkNotReady"
  };

  /// @param made whether the pod has got its sandbox since
  record SandboxError(PodFact pod, EventFact event, boolean made) {
    String message() {
      return event.message();
    }
  }

  private SandboxErrors() {}

  static void want(Interests interests) {
    interests.events(REASONS);
  }

  /// Those that still matter, and those that are over.
  static List<SandboxError> of(Facts facts) {
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
  static String plugin(String message) {
    var failed = Words.between(message, "plugin type=\"", "\"");
    return failed.isEmpty() ? Words.between(message, "failed to find plugin \"", "\"") : failed;
  }

  /// The end of a message: the cause stands at the end of a chain of errors.
  static String tail(String message) {
    int from = Math.max(0, message.length() - TAIL);
    int colon = message.indexOf(": ", from);
    return colon < 0 ? message.substring(from) : message.substring(colon + 2);
  }
}
