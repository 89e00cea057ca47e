package dev.diagbundle.findings;

import module java.base;

/// A problem that a check found, once for all objects that it concerns.
///
/// @param check the check that found it, with meaning and remedy by the cause
/// @param cluster the context it belongs to; empty if the bundle has one cluster
/// @param recovered true if the cause ended before the collection
/// @param title the object, place and cause in one sentence
/// @param cause the cause, which distinguishes it from other findings of the check
/// @param occurrences the number of occurrences, if known; at least 1
/// @param firstSeen the time at which it was first seen
/// @param lastSeen the time at which it was last seen
/// @param owners the owners of the objects
/// @param nodes the nodes of the objects
/// @param evidence the evidence, the most relevant first
/// @param symptoms the findings that follow from this one
public record Finding(
    Check check,
    String cluster,
    Severity severity,
    boolean recovered,
    String title,
    String cause,
    long occurrences,
    Optional<Instant> firstSeen,
    Optional<Instant> lastSeen,
    Affected affected,
    List<ObjectName> owners,
    List<String> nodes,
    List<Evidence> evidence,
    List<Finding> symptoms) {
  /// The maximum number of objects that a list for people names.
  public static final int SAMPLES = 5;

  public Finding {
    owners = List.copyOf(owners);
    nodes = List.copyOf(nodes);
    evidence = List.copyOf(evidence);
    symptoms = List.copyOf(symptoms);
  }

  public String id() {
    return check.id();
  }

  /// The meaning of the finding; empty if there is none.
  public String meaning() {
    return check.meaning();
  }

  /// The remedy.
  public String remedy() {
    return check.remedy();
  }

  /// The objects that it concerns, in order.
  public List<ObjectName> objects() {
    return affected.names();
  }

  /// The number of findings that follow from it, directly or indirectly.
  public int symptomCount() {
    return symptoms.stream().mapToInt(each -> 1 + each.symptomCount()).sum();
  }

  /// The number of objects that it concerns.
  public int count() {
    return affected.count();
  }

  /// The first objects, for people.
  public List<ObjectName> samples() {
    return objects().subList(0, Math.min(SAMPLES, objects().size()));
  }

  /// The same finding with others folded below it.
  public Finding withSymptoms(List<Finding> others) {
    return copy(cluster, others);
  }

  /// The same finding, with a context.
  public Finding of(String context) {
    return copy(context, symptoms);
  }

  private Finding copy(String context, List<Finding> others) {
    return new Finding(
        check,
        context,
        severity,
        recovered,
        title,
        cause,
        occurrences,
        firstSeen,
        lastSeen,
        affected,
        owners,
        nodes,
        evidence,
        others);
  }
}
