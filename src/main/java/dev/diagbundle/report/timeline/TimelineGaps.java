package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.collection.GapCause;
import dev.diagbundle.report.input.BundleFiles;

/// The gaps of the timeline: times at which a node's error lines are unknown, with the reasons.
final class TimelineGaps {
  private static final int MAX_NAME = 14;

  private final BundleFiles files;
  private final LogErrors patterns;
  private final TimelineScale scale;
  private final Map<LogErrors.NodeKey, List<Item>> items = new HashMap<>();

  /// A part of the window, in [TimelineScale] positions.
  record Gap(double from, double to, String text) {
    /// Returns whether all of these bins are in it.
    boolean covers(int fromBin, int toBin) {
      return from <= fromBin && to >= toBin;
    }
  }

  /// @param nodes the nodes whose gaps will be requested
  TimelineGaps(
      BundleFiles files, LogErrors patterns, TimelineScale scale, Set<LogErrors.NodeKey> nodes) {
    this.files = files;
    this.patterns = patterns;
    this.scale = scale;
    for (Item item : files.manifest().items()) {
      var key = new LogErrors.NodeKey(item.cluster(), item.node());
      if (item.kind() == ItemKind.NODE_LOGS && nodes.contains(key)) {
        items.computeIfAbsent(key, _ -> new ArrayList<>()).add(item);
      }
    }
  }

  List<Gap> of(LogErrors.NodeKey node) {
    if (!patterns.known()) {
      return List.of(whole("logs were not analyzed"));
    }
    var logs = items.getOrDefault(node, List.of());
    var errors = patterns.node(node.cluster(), node.node());
    if (errors.isEmpty()) {
      var missing = logs.stream().filter(item -> item.outcome().leavesGap()).findFirst();
      if (missing.isPresent()) {
        return List.of(whole("no service logs: " + GapCause.of(missing.get()).word()));
      }
      return logs.isEmpty() ? List.of(whole("no service logs requested")) : List.of();
    }
    return shortened(logs, errors.get().spans());
  }

  private List<Gap> shortened(List<Item> logs, Map<String, LogErrors.Span> spans) {
    Optional<Gap> before = Optional.empty();
    Optional<Gap> behind = Optional.empty();
    for (Item item : logs) {
      if (!(item.outcome() instanceof Outcome.Partial)) {
        continue;
      }
      var text = Printable.cut(item.name(), MAX_NAME) + " log truncated";
      for (var entry : files.entriesOf(item.id())) {
        var span = spans.get(entry.path().value());
        if (span == null) {
          continue;
        }
        double begin = span.from().map(scale::position).orElse(0.0);
        double end = span.to().map(scale::position).orElse((double) TimelineScale.BINS);
        if (begin > 1 && before.filter(gap -> gap.to >= begin).isEmpty()) {
          before = Optional.of(new Gap(0, Math.min(begin, TimelineScale.BINS), text));
        }
        if (end < TimelineScale.BINS - 1 && behind.filter(gap -> gap.from <= end).isEmpty()) {
          behind = Optional.of(new Gap(Math.max(0, end), TimelineScale.BINS, text));
        }
      }
    }
    var gaps = new ArrayList<Gap>();
    before.ifPresent(gaps::add);
    // Two gaps that meet cover the whole window.
    double known = before.map(Gap::to).orElse(0.0);
    behind
        .filter(gap -> gap.to > known)
        .map(gap -> new Gap(Math.max(known, gap.from), gap.to, gap.text))
        .ifPresent(gaps::add);
    return List.copyOf(gaps);
  }

  private static Gap whole(String text) {
    return new Gap(0, TimelineScale.BINS, text);
  }
}
