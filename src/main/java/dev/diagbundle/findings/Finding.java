package dev.diagbundle.findings;

import module java.base;

/// Something that a check found, once for all objects that it concerns.
///
/// @param check whose it is, with meaning and remedy by the cause
/// @param cluster the context it belongs to; empty if the bundle has one cluster
/// @param recovered whether the cause ended before the collection
/// @param title what, where and why in one sentence
/// @param cause what tells it from other findings of the check
/// @param occurrences how often it happened, where that is known; at least 1
/// @param firstSeen when it was first seen
/// @param lastSeen when it was last seen
/// @param owners what the objects belong to
/// @param nodes where the objects are
/// @param evidence what to look at, the most telling first
/// @param symptoms findings that follow from this one
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
  /// How many objects a list for people names.
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

  /// Why it matters; empty if nothing says so.
  public String meaning() {
    return check.meaning();
  }

  /// What to do.
  public String remedy() {
    return check.remedy();
  }

  /// The objects that it concerns, in order.
  public List<ObjectName> objects() {
    return affected.names();
  }

  /// How many findings follow from it, directly or not.
  public int symptomCount() {
    return symptoms.stream().mapToInt(each -> 1 + each.symptomCount()).sum();
  }

  /// How many objects it concerns.
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

  /// The same finding, of a context.
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
