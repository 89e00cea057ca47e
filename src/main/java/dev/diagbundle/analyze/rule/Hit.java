package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// One affected object of a rule; many become one finding.
///
/// @param cause the common cause of the hits of one finding, for programs
/// @param object the affected object
/// @param owner the root owner of the object; the object itself if it has none
/// @param node the node where it is; empty if it is on none
/// @param recovered true if it is over
/// @param times the number of occurrences
/// @param detail a detail for titles beyond the cause
public record Hit(
    Severity severity,
    String cause,
    ObjectName object,
    ObjectName owner,
    String node,
    boolean recovered,
    long times,
    Optional<Instant> first,
    Optional<Instant> last,
    String detail,
    java.util.List<Evidence> evidence) {
  public Hit {
    evidence = java.util.List.copyOf(evidence);
  }

  /// A hit about an object, once, without a time.
  public static Hit of(Severity severity, String cause, ObjectName object, Evidence... evidence) {
    return new Hit(
        severity,
        cause,
        object,
        object,
        "",
        false,
        1,
        Optional.empty(),
        Optional.empty(),
        "",
        java.util.List.of(evidence));
  }

  /// A hit about a pod, with its owner and node.
  public static Hit of(
      Severity severity, String cause, PodFact pod, Facts facts, Evidence... evidence) {
    return of(severity, cause, pod.name(), evidence).owner(facts.root(pod)).node(pod.node());
  }

  /// A hit about a node.
  public static Hit of(Severity severity, String cause, NodeFact node, Evidence... evidence) {
    return of(severity, cause, node.name(), evidence).node(node.name().name());
  }

  public Hit severity(Severity other) {
    return new Hit(
        other, cause, object, owner, node, recovered, times, first, last, detail, evidence);
  }

  public Hit owner(ObjectName other) {
    return new Hit(
        severity, cause, object, other, node, recovered, times, first, last, detail, evidence);
  }

  public Hit node(String other) {
    return new Hit(
        severity, cause, object, owner, other, recovered, times, first, last, detail, evidence);
  }

  /// The hit with this number of occurrences.
  public Hit times(long count) {
    return new Hit(
        severity, cause, object, owner, node, recovered, count, first, last, detail, evidence);
  }

  /// The hit with the times at which it was first and last seen.
  public Hit seen(Optional<Instant> from, Optional<Instant> to) {
    return new Hit(
        severity, cause, object, owner, node, recovered, times, from, to, detail, evidence);
  }

  public Hit detail(String words) {
    return new Hit(
        severity, cause, object, owner, node, recovered, times, first, last, words, evidence);
  }

  /// The hit marked as over: the finding becomes information.
  public Hit over() {
    return new Hit(
        Severity.INFO, cause, object, owner, node, true, times, first, last, detail, evidence);
  }

  /// The hit with more evidence.
  public Hit and(Optional<Evidence> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new java.util.ArrayList<>(evidence);
    all.add(more.get());
    return new Hit(
        severity, cause, object, owner, node, recovered, times, first, last, detail, all);
  }
}
