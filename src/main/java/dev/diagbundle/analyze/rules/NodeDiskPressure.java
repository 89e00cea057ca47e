package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleResult;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubeletConfig;
import dev.diagbundle.analyze.rules.support.NodeStats;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Nodes whose disks are full or nearly full: free space below 1.5 times the eviction threshold.
/// Large files are not named: no kubelet reports the sizes of files.
final class NodeDiskPressure extends Rule {
  private static final String[] REASONS = {
    "EvictionThresholdMet", "FreeDiskSpaceFailed", "ImageGCFailed", "InvalidDiskCapacity"
  };
  private static final Duration ACTIVE = Duration.ofMinutes(15);
  private static final double MARGIN = 1.5;
  private static final double NODE_DEFAULT = 0.10;
  private static final double IMAGE_DEFAULT = 0.15;
  private static final double INODES_LOW = 0.075;
  private static final KubeletConfig DEFAULTS =
      new KubeletConfig("", Map.of(), List.of(), "", 0, "");

  /// A disk with too little free space or too few free inodes.
  private record Low(String kind, String words, double part) {}

  NodeDiskPressure() {
    super(
        "node-disk-pressure",
        Layer.NODE,
        "Delete or rotate the largest files, or enlarge the disk. Set ephemeral-storage limits"
            + " for the pods that filled it.",
        KUBERNETES + "concepts/scheduling-eviction/node-pressure-eviction/",
        CheckInput.NODES,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events(REASONS);
    var stats = NodeStats.want(interests);
    var configs = KubeletConfig.want(interests);
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var unknown = new ArrayList<String>();
      for (NodeFact node : facts.nodes()) {
        var name = node.name().name();
        var said = Optional.ofNullable(stats.get(name));
        if (said.isEmpty()) {
          unknown.add(name);
        }
        var low = said.flatMap(each -> lowest(each, configs.getOrDefault(name, DEFAULTS)));
        var events = events(facts, node, said);
        boolean pressure = node.condition("DiskPressure").isTrue();
        if (pressure || low.isPresent() || !events.isEmpty()) {
          groups.add(hit(node, pressure, low, said, events));
        }
      }
      conclusion.found(groups, NodeDiskPressure::title);
      unknown(conclusion, unknown);
    };
  }

  static void unknown(RuleResult conclusion, List<String> nodes) {
    if (!nodes.isEmpty()) {
      conclusion.unknown(
          "statistics of the kubelets of " + RuleText.list(nodes) + ": not collected");
    }
  }

  private static Hit hit(
      NodeFact node,
      boolean pressure,
      Optional<Low> low,
      Optional<NodeStats> stats,
      List<EventFact> events) {
    var condition = node.condition("DiskPressure");
    var kind = low.map(Low::kind).orElse("disk");
    var words =
        low.map(Low::words)
            .orElse(pressure ? "under DiskPressure" : "low on space according to events");
    var hit = Hit.of(pressure ? Severity.CRITICAL : Severity.WARNING, kind, node).detail(words);
    if (pressure) {
      hit =
          hit.and(Optional.of(place(node, condition.message())))
              .seen(condition.since(), Optional.empty());
    }
    var users =
        stats.map(each ->
            each.saying(kind + " of " + node.name().name() + " is " + words, each.byDisk()));
    return hit.and(users)
        .and(events.stream().findFirst().map(EventFact::evidence))
        .times(Math.max(1, events.stream().mapToLong(EventFact::count).sum()));
  }

  private static Evidence place(NodeFact node, String message) {
    return node.place().saying("node " + node.name().name() + ", DiskPressure True", message);
  }

  private static Optional<Low> lowest(NodeStats stats, KubeletConfig config) {
    Optional<Low> lowest = Optional.empty();
    for (var each : stats.disks().entrySet()) {
      var low = low(each.getKey(), each.getValue(), stats, config);
      if (low.isPresent() && (lowest.isEmpty() || low.get().part < lowest.get().part)) {
        lowest = low;
      }
    }
    return lowest;
  }

  private static Optional<Low> low(
      String kind, NodeStats.Disk disk, NodeStats stats, KubeletConfig config) {
    boolean images = kind.equals("imagefs");
    double limit =
        config.threshold(
            images ? "imagefs.available" : "nodefs.available",
            (double) disk.capacity(),
            images ? IMAGE_DEFAULT : NODE_DEFAULT);
    // The used space is not decisive: other programs may fill a disk that the kubelet shares with
    // them.
    if (disk.free() < MARGIN * limit) {
      boolean one = disk.equals(stats.disks().get("nodefs"));
      return Optional.of(
          new Low(one ? "nodefs" : kind, percent(disk.free()) + " free", disk.free()));
    }
    return disk.freeInodes() < INODES_LOW
        ? Optional.of(
            new Low(
                kind + " inodes",
                percent(disk.freeInodes()) + " of inodes free",
                disk.freeInodes()))
        : Optional.empty();
  }

  private static List<EventFact> events(Facts facts, NodeFact node, Optional<NodeStats> stats) {
    return facts.events().of(REASONS).stream()
        .filter(event -> event.object().equals(node.name()))
        .filter(event -> event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE)))
        .filter(event -> isAboutDisks(event, stats))
        .toList();
  }

  /// Returns whether the event is about disks: an eviction may be for memory, and a kubelet has no
  /// capacity in its first seconds.
  private static boolean isAboutDisks(EventFact event, Optional<NodeStats> stats) {
    return switch (event.reason()) {
      case "EvictionThresholdMet" ->
          event.message().contains("ephemeral-storage") || event.message().contains("inodes");
      case "InvalidDiskCapacity" ->
          stats.filter(each -> each.disks().containsKey("imagefs")).isEmpty();
      default -> true;
    };
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", part * 100);
  }

  private static String title(HitGroup group) {
    return (group.cause().equals("disk") ? "Disk" : "Disk (" + group.cause() + ")")
        + " of "
        + group.onNodes()
        + " is "
        + (group.count() == 1 ? group.detail() : "low on space, the first " + group.detail());
  }
}
