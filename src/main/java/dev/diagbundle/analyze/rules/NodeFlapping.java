package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ClockOffsets;
import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.KubernetesVersions;
import dev.diagbundle.analyze.rules.support.NodeLogPaths;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Nodes that flap: the kubelet or the machine restarts repeatedly, or the lease is not renewed. A
/// reboot is known by its event only: the mark between two boots in the journal has no time.
final class NodeFlapping extends Rule {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STALE = Duration.ofSeconds(60);
  private static final int ENOUGH = 3;
  private static final int MANY = 5;

  /// The exits of a kubelet found in its log.
  private static final class Exits {
    private final Burst ended = new Burst(ENOUGH, HOUR);
    private final Burst restarted = new Burst(ENOUGH, HOUR);
    private final Burst often = new Burst(MANY, HOUR);
    private final Burst fatal = new Burst(1, HOUR);
  }

  private record Lease(Instant renewed, Instant read, Evidence evidence) {}

  NodeFlapping() {
    super(
        "node-flapping",
        Layer.NODE,
        "Read the first error before each kubelet exit, and fix the configuration or crash it"
            + " reports. For reboots, check the kernel log, the power supply, and unattended"
            + " upgrades.",
        KUBERNETES + "concepts/architecture/leases/",
        CheckInput.NODES,
        CheckInput.EVENTS,
        CheckInput.LEASES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("Starting", "Rebooted");
    var logs = new HashMap<String, Exits>();
    interests.recentLines(
        NodeLogPaths.KUBELET,
        List.of("kubelet.service: ", "command failed", "failed to run Kubelet"),
        "kubelet\\.service: (Main process exited|Scheduled restart job)|\"command failed\""
            + "|failed to run Kubelet",
        line -> add(logs.computeIfAbsent(line.path(), _ -> new Exits()), line));
    var leases = new HashMap<String, Lease>();
    interests.objects(
        "leases",
        seen -> {
          if (seen.namespace().equals("kube-node-lease")) {
            var renewed = Fields.time(seen.tree(), "spec", "renewTime").orElse(Instant.EPOCH);
            leases.put(
                seen.name(),
                new Lease(renewed, seen.at(), seen.evidence("lease renewed at " + renewed)));
          }
        });
    return (facts, conclusion) -> {
      var hits = new ArrayList<Hit>();
      var starts = byObject(facts, "Starting");
      var reboots = byObject(facts, "Rebooted");
      var skews = facts.requests().clocks().nodes();
      boolean listed = facts.missing(CheckInput.LEASES).isEmpty();
      for (NodeFact node : facts.nodes()) {
        starts(facts, node, starts).ifPresent(hits::add);
        reboot(facts, node, reboots).ifPresent(hits::add);
        if (listed && node.isReady()) {
          lease(node, leases, skews).ifPresent(hits::add);
        }
      }
      logs.values().forEach(exits -> exits(facts, exits).ifPresent(hits::add));
      boolean upgrade = isUpgrade(facts, hits);
      var groups = HitGroups.byCause();
      for (Hit hit : hits) {
        boolean mild = upgrade && hit.severity() == Severity.WARNING && !isLease(hit.cause());
        groups.add(mild ? hit.severity(Severity.INFO).detail(hit.detail() + " (upgrade)") : hit);
      }
      conclusion.found(groups, NodeFlapping::title);
    };
  }

  private static void add(Exits exits, LogLine line) {
    if (line.text().contains("Main process exited")) {
      exits.ended.add(line);
    } else if (line.text().contains("Scheduled restart job")) {
      exits.restarted.add(line);
      exits.often.add(line);
    } else {
      exits.fatal.add(line);
    }
  }

  private static Map<ObjectName, List<EventFact>> byObject(Facts facts, String reason) {
    return facts.events().of(reason).stream().collect(Collectors.groupingBy(EventFact::object));
  }

  private static Optional<Hit> starts(
      Facts facts, NodeFact node, Map<ObjectName, List<EventFact>> all) {
    var events =
        all.getOrDefault(node.name(), List.of()).stream()
            // kube-proxy reports its start with the same reason.
            .filter(event -> event.message().contains("kubelet"))
            .filter(event -> event.last().isAfter(facts.eventsReadAt(event).minus(HOUR)))
            .toList();
    long count = events.stream().mapToLong(EventFact::count).sum();
    if (count < ENOUGH) {
      return Optional.empty();
    }
    var severity = count >= MANY ? Severity.CRITICAL : Severity.WARNING;
    return Optional.of(
        hit(severity, "kubelet restarts repeatedly", node)
            .and(Optional.of(events.getFirst().evidence()))
            .times(count)
            .seen(
                events.stream().map(EventFact::first).min(Instant::compareTo),
                events.stream().map(EventFact::last).max(Instant::compareTo))
            .detail(RuleText.count(count, "kubelet start") + " in an hour"));
  }

  private static Optional<Hit> reboot(
      Facts facts, NodeFact node, Map<ObjectName, List<EventFact>> all) {
    return all.getOrDefault(node.name(), List.of()).stream()
        .filter(event -> event.last().isAfter(facts.eventsReadAt(event).minus(HOUR)))
        .findFirst()
        .map(event ->
            hit(Severity.WARNING, "rebooted", node)
                .and(Optional.of(event.evidence()))
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last()))
                .detail(RuleText.count(event.count(), "reboot") + " in an hour"));
  }

  private static Optional<Hit> lease(
      NodeFact node, Map<String, Lease> leases, Map<String, ClockOffsets.Skew> skews) {
    var lease = leases.get(node.name().name());
    if (lease == null) {
      // Of leases of some namespaces only, the absence of one proves nothing.
      return leases.isEmpty()
          ? Optional.empty()
          : Optional.of(
              hit(Severity.WARNING, "lease missing", node)
                  .and(Optional.of(node.place().saying("node " + node.name().name())))
                  .detail("no lease, NotReady soon"));
    }
    // The kubelet writes the time of its own clock, which may be behind.
    var skew = skews.get(node.name().name());
    var behind = skew == null ? Duration.ZERO : skew.atLeast();
    var age =
        Duration.between(lease.renewed, lease.read)
            .plus(behind.isNegative() ? behind : Duration.ZERO);
    if (age.compareTo(STALE) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        hit(Severity.WARNING, "lease stale", node)
            .and(Optional.of(lease.evidence))
            .seen(Optional.of(lease.renewed), Optional.of(lease.read))
            .detail("lease not renewed for " + age.toSeconds() + " s, NotReady soon"));
  }

  private static Optional<Hit> exits(Facts facts, Exits exits) {
    var fatal = exits.fatal.newest();
    var any = fatal.or(exits.restarted::newest).or(exits.ended::newest);
    var node = any.flatMap(line -> facts.node(line.node()));
    if (node.isEmpty()) {
      return Optional.empty();
    }
    var now = facts.readAt(node.get().place().path());
    boolean isFatal = exits.fatal.isReached() && exits.fatal.isWithin(HOUR, now);
    boolean often =
        (exits.ended.isReached() && exits.ended.isWithin(HOUR, now))
            || (exits.restarted.isReached() && exits.restarted.isWithin(HOUR, now));
    if (!isFatal && !often) {
      return Optional.empty();
    }
    boolean dead = isFatal && exits.fatal.isAtEnd(facts);
    boolean many = exits.often.isReached() && exits.often.isWithin(HOUR, now);
    long times =
        Math.max(exits.fatal.total(), Math.max(exits.ended.total(), exits.restarted.total()));
    var error = fatal.map(line -> message(line.text())).orElse("");
    var words = error.isEmpty() ? "" : ", “" + RuleText.cut(error, 120) + "”";
    var cause = CauseNormalizer.of(error, node.get().name().name());
    return Optional.of(
        hit(
                dead || many ? Severity.CRITICAL : Severity.WARNING,
                fatal.isPresent() ? "kubelet exits: " + cause : "kubelet exits repeatedly",
                node.get())
            .and(exits.fatal.evidence())
            .and(exits.restarted.evidence().or(exits.ended::evidence))
            .times(times)
            .seen(exits.fatal.first().or(exits.restarted::first), exits.fatal.last())
            .detail(RuleText.count(times, "exit") + " of the kubelet in its log" + words));
  }

  private static String message(String line) {
    int at = line.indexOf("err=");
    return at < 0 ? line : line.substring(at + 4);
  }

  /// Returns whether nodes are being upgraded: several have the newest kubelet of a cluster that
  /// has others.
  private static boolean isUpgrade(Facts facts, List<Hit> hits) {
    var flapping = new HashSet<String>();
    hits.stream().filter(hit -> !isLease(hit.cause())).forEach(hit -> flapping.add(hit.node()));
    var newer = versions(facts, flapping, true);
    var older = versions(facts, flapping, false);
    return flapping.size() > 1
        && newer.size() == 1
        && older.stream()
            .anyMatch(version -> KubernetesVersions.isOlder(version, newer.iterator().next()));
  }

  private static Set<String> versions(Facts facts, Set<String> names, boolean among) {
    var versions = new HashSet<String>();
    for (NodeFact node : facts.nodes()) {
      if (names.contains(node.name().name()) == among) {
        versions.add(node.info().getOrDefault("kubeletVersion", ""));
      }
    }
    return versions;
  }

  private static boolean isLease(String cause) {
    return cause.startsWith("lease");
  }

  private static Hit hit(Severity severity, String cause, NodeFact node) {
    return Hit.of(severity, cause, node);
  }

  private static String title(HitGroup group) {
    return group.count() == 1
        ? group.names() + ": " + group.detail()
        : group.counted("node") + " (" + group.names() + "), the first: " + group.detail();
  }
}
