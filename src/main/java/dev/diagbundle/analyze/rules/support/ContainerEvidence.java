package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.findings.Evidence;

/// Evidence about a container: from its pod and its logs.
public final class ContainerEvidence {
  private ContainerEvidence() {}

  /// The container's state in the pod's JSON, in few words.
  public static Evidence state(PodFact pod, ContainerFact container) {
    var words = new ArrayList<String>();
    words.add("pod " + pod.name().path() + ", container " + container.name());
    if (!container.waiting().isEmpty()) {
      words.add("waiting: " + container.waiting());
      if (!container.waitingMessage().isEmpty()) {
        words.add(container.waitingMessage());
      }
    }
    container
        .latestEnd()
        .ifPresent(end -> {
          words.add(
              "ended: exit code "
                  + end.exitCode()
                  + (end.reason().isEmpty() ? "" : ", " + end.reason())
                  + end.finished().map(at -> ", at " + at).orElse(""));
          if (!end.message().isEmpty()) {
            words.add("message: " + end.message());
          }
        });
    if (container.restarts() > 0) {
      words.add("restarts: " + container.restarts());
    }
    return pod.place().saying(words.toArray(String[]::new));
  }

  /// The end of the log of the failed run: the previous run, if its log is present.
  public static Optional<Evidence> log(Facts facts, PodFact pod, ContainerFact container) {
    var now = facts.tail(pod, container.name(), false);
    var before = facts.tail(pod, container.name(), true);
    // A container that is down now has its last output in the current log.
    return container.ended().isPresent() ? now.or(() -> before) : before.or(() -> now);
  }

  /// The last output of a container: its termination message, else the last line of its log without
  /// the time that the kubelet put before it; empty if there is no output.
  public static String lastWords(Facts facts, PodFact pod, ContainerFact container) {
    var message = container.latestEnd().map(end -> end.message()).orElse("");
    if (!message.isEmpty()) {
      var lines = message.lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "" : lines.getLast().strip();
    }
    return log(facts, pod, container)
        .map(Evidence::lines)
        .filter(lines -> !lines.isEmpty())
        .map(List::getLast)
        .map(ContainerEvidence::withoutTime)
        .orElse("");
  }

  private static String withoutTime(String line) {
    int blank = line.indexOf(' ');
    boolean time = blank > 19 && line.charAt(10) == 'T' && line.charAt(blank - 1) == 'Z';
    return (time ? line.substring(blank + 1) : line).strip();
  }
}
