package dev.diagbundle.findings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that a check found, once for all objects that it concerns.
///
/// @param check whose it is
/// @param cluster the context it belongs to; empty if the bundle has one cluster
/// @param recovered whether the cause ended before the collection
/// @param title what, where and why in one sentence
/// @param cause what tells it from other findings of the check
/// @param occurrences how often it happened, where that is known; at least 1
/// @param first when it was first seen
/// @param last when it was last seen
/// @param objects what it concerns, all of it, in order
/// @param owners what these belong to
/// @param nodes where they are
/// @param evidence what to look at, the most telling first
/// @param explains findings that follow from this one
public record Finding(
    Check check,
    String cluster,
    Severity severity,
    boolean recovered,
    String title,
    String cause,
    long occurrences,
    Optional<Instant> first,
    Optional<Instant> last,
    List<ObjectName> objects,
    List<ObjectName> owners,
    List<String> nodes,
    List<Evidence> evidence,
    List<Finding> explains) {
  /// How many objects a list for people names.
  public static final int SAMPLES = 5;

  public Finding {
    objects = List.copyOf(objects);
    owners = List.copyOf(owners);
    nodes = List.copyOf(nodes);
    evidence = List.copyOf(evidence);
    explains = List.copyOf(explains);
  }

  public String id() {
    return check.id();
  }

  /// Why it matters, by its cause: the words of who wrote the rule, or the catalogue's. Empty if
  /// neither says so.
  public String meaning() {
    return check.meaning().isEmpty() ? Meanings.of(id(), cause).text() : check.meaning();
  }

  /// What to do, by its cause.
  public String remedy() {
    var own = Meanings.of(id(), cause).remedy();
    return own.isEmpty() ? check.remedy() : own;
  }

  /// How many objects it concerns.
  public int count() {
    return objects.size();
  }

  /// The first objects, for people.
  public List<ObjectName> samples() {
    return objects.subList(0, Math.min(SAMPLES, objects.size()));
  }

  /// The same finding with others folded below it.
  public Finding explaining(List<Finding> others) {
    return new Finding(
        check,
        cluster,
        severity,
        recovered,
        title,
        cause,
        occurrences,
        first,
        last,
        objects,
        owners,
        nodes,
        evidence,
        others);
  }

  /// The same finding, of a context.
  public Finding of(String context) {
    return new Finding(
        check,
        context,
        severity,
        recovered,
        title,
        cause,
        occurrences,
        first,
        last,
        objects,
        owners,
        nodes,
        evidence,
        explains);
  }
}
