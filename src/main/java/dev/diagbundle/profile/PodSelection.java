package dev.diagbundle.profile;

import module java.base;

import dev.diagbundle.model.Glob;
import java.util.regex.Pattern;

/// A selection of pods: those that match all of its conditions.
///
/// @param namespaces globs; empty for all
/// @param excludedNamespaces globs
/// @param selector a label selector
/// @param fieldSelector a field selector
/// @param names matches names, anywhere in them
/// @param excludedNames likewise
/// @param workloads of which the pods belong to one; empty for all pods
public record PodSelection(
    List<Glob> namespaces,
    List<Glob> excludedNamespaces,
    Optional<String> selector,
    Optional<String> fieldSelector,
    Optional<Pattern> names,
    Optional<Pattern> excludedNames,
    List<WorkloadName> workloads) {
  /// Every pod.
  public static final PodSelection ALL =
      new PodSelection(
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public PodSelection {
    namespaces = List.copyOf(namespaces);
    excludedNamespaces = List.copyOf(excludedNamespaces);
    workloads = List.copyOf(workloads);
  }

  // A `Pattern` is equal to itself only; two selections are equal if their patterns read the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof PodSelection that && comparable().equals(that.comparable());
  }

  @Override
  public int hashCode() {
    return comparable().hashCode();
  }

  private List<Object> comparable() {
    return List.of(
        namespaces,
        excludedNamespaces,
        selector,
        fieldSelector,
        names.map(Pattern::pattern),
        excludedNames.map(Pattern::pattern),
        workloads);
  }
}
