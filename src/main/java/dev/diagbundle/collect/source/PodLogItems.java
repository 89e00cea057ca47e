package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.PodFilter;
import dev.diagbundle.collect.inventory.PodSummary;
import dev.diagbundle.model.TimeWindow;

/// The items of the run that request container logs. They are planned together, so that a log
/// requested by several is read once, to the largest extent requested. Safe for use by many
/// threads.
final class PodLogItems {
  private final List<PodFilter> choices = new ArrayList<>();
  private int expected;

  /// The requested extent of a log.
  ///
  /// @param tailLines maximum number of lines from its end
  record Extent(TimeWindow window, OptionalInt tailLines, long maxBytes) {
    private Extent and(Extent other) {
      var wider = other.window.from().isBefore(window.from()) ? other.window : window;
      var lines =
          tailLines.isEmpty() || other.tailLines.isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of(Math.max(tailLines.getAsInt(), other.tailLines.getAsInt()));
      return new Extent(wider, lines, Math.max(maxBytes, other.maxBytes));
    }
  }

  /// Announces one more item, before any arrives.
  synchronized void expect() {
    expected++;
  }

  /// Records that an item has its filter of pods.
  ///
  /// @return all items, if this was the last one
  synchronized List<PodFilter> arrive(PodFilter choice) {
    choices.add(choice);
    return choices.size() == expected ? List.copyOf(choices) : List.of();
  }

  /// The joint extent of a log for all its items; empty if none requests it.
  static Optional<Extent> extent(Stream<PodFilter> choices, Planner planner) {
    return choices
        .map(choice ->
            new Extent(
                planner.window().of(choice.spec()),
                choice.spec().tailLines(),
                planner.itemBytes(choice.spec())))
        .reduce(Extent::and);
  }

  /// The joint extent of a container's files for the items that request them.
  Extent ofFiles(
      PodSummary pod, PodSummary.ContainerFacts container, PodFilter own, Planner planner) {
    Predicate<PodFilter> wants =
        choice ->
            pod.uid().isEmpty()
                ? choice.needsNoLabels()
                    && choice.wants(pod.namespace(), pod.name())
                    && choice.wantsContainer(container.name())
                : choice.wants(pod, container);
    List<PodFilter> all;
    synchronized (this) {
      all = List.copyOf(choices);
    }
    return extent(
            all.stream()
                .filter(choice -> choice == own || (choice.spec().rotated() && wants.test(choice))),
            planner)
        .orElseThrow();
  }
}
