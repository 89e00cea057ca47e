package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.Evidence;

/// The last lines of the logs of unhealthy containers.
public final class LogTails {
  private static final int MAX_LOGS = 400;

  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Tail> tails = new HashMap<>();

  /// The last lines of one log, as it is read.
  public static final class Tail {
    private final String path;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long last;

    private Tail(String path) {
      this.path = path;
    }

    public void add(long number, String line) {
      if (line.isBlank()) {
        return;
      }
      if (lines.size() == Evidence.MAX_LINES) {
        lines.removeFirst();
      }
      lines.addLast(line);
      last = number;
    }

    private Evidence evidence() {
      return new Evidence(path, Math.max(1, last - lines.size() + 1), last, List.copyOf(lines));
    }
  }

  /// @param prefix the folder of the cluster
  public void want(List<PodFact> pods, String prefix) {
    for (PodFact pod : pods) {
      for (ContainerFact container : pod.containers()) {
        boolean ended = container.ended().filter(end -> end.exitCode() != 0).isPresent();
        boolean unwell = ended || container.last().isPresent() || !container.waiting().isEmpty();
        if (unwell && wanted.size() < MAX_LOGS) {
          wanted.add(prefix + pod.log(container.name(), false));
          wanted.add(prefix + pod.log(container.name(), true));
        }
      }
    }
  }

  public Optional<Tail> begin(String path) {
    return wanted.contains(path)
        ? Optional.of(tails.computeIfAbsent(path, Tail::new))
        : Optional.empty();
  }

  Optional<Evidence> of(String path) {
    var tail = tails.get(path);
    return tail == null || tail.lines.isEmpty() ? Optional.empty() : Optional.of(tail.evidence());
  }
}
