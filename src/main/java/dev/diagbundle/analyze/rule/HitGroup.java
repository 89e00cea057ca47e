package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.findings.Affected;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Hits that become one finding.
public final class HitGroup {
  private static final int MAX_EVIDENCE = 5;

  private final String cause;
  private final boolean recovered;
  private final TreeSet<ObjectName> objects = new TreeSet<>();
  private final TreeSet<ObjectName> owners = new TreeSet<>();
  private final TreeSet<String> nodes = new TreeSet<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final String detail;
  private Severity severity;
  private long times;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  HitGroup(Hit hit) {
    this.cause = hit.cause();
    this.recovered = hit.recovered();
    this.detail = hit.detail();
    this.severity = hit.severity();
  }

  void add(Hit hit) {
    objects.add(hit.object());
    owners.add(hit.owner());
    if (!hit.node().isEmpty()) {
      nodes.add(hit.node());
    }
    severity = severity.or(hit.severity());
    times += hit.times();
    extend(hit.first(), hit.last());
    addEvidence(hit.evidence());
  }

  void add(HitGroup other) {
    objects.addAll(other.objects);
    owners.addAll(other.owners);
    nodes.addAll(other.nodes);
    severity = severity.or(other.severity);
    times += other.times;
    extend(other.first, other.last);
    addEvidence(other.evidence);
  }

  public String cause() {
    return cause;
  }

  /// The detail of its first hit.
  public String detail() {
    return detail;
  }

  public int count() {
    return objects.size();
  }

  public long times() {
    return times;
  }

  public List<ObjectName> owners() {
    return List.copyOf(owners);
  }

  public List<String> nodes() {
    return List.copyOf(nodes);
  }

  public boolean recovered() {
    return recovered;
  }

  /// Its owner for a title, or the number of owners: `Deployment shop/web`, `12 workloads`.
  public String who() {
    return owners.size() == 1 ? owners.first().toString() : owners.size() + " workloads";
  }

  /// Its objects for a title: the path of the only one, or the first three and the number of
  /// others.
  public String names() {
    return RuleText.list(objects.stream().map(ObjectName::path).toList());
  }

  /// Its nodes for a title, for example `2 nodes (a, b)`.
  public String onNodes() {
    return RuleText.count(nodes.size(), "node") + " (" + RuleText.list(nodes()) + ")";
  }

  /// The number of its objects with a noun, for example `3 pods`.
  public String counted(String noun) {
    return RuleText.count(objects.size(), noun);
  }

  Finding finding(Check check, String title) {
    return new Finding(
        check.forCause(cause),
        "",
        severity,
        recovered,
        recovered ? title + " (recovered)" : title,
        cause,
        Math.max(1, times),
        first,
        last,
        Affected.of(List.copyOf(objects)),
        List.copyOf(owners),
        List.copyOf(nodes),
        evidence,
        List.of());
  }

  private void extend(Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && (first.isEmpty() || from.get().isBefore(first.get()))) {
      first = from;
    }
    if (to.isPresent() && (last.isEmpty() || to.get().isAfter(last.get()))) {
      last = to;
    }
  }

  private void addEvidence(List<Evidence> more) {
    for (Evidence each : more) {
      if (evidence.size() < MAX_EVIDENCE && !evidence.contains(each)) {
        evidence.add(each);
      }
    }
  }
}
