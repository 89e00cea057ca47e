package dev.diagbundle.profile;

import module java.base;

import dev.diagbundle.model.Glob;

/// A selection of nodes: those that match the selector (all if there is none) and one of the names
/// (all if there is none).
///
/// @param selector a Kubernetes label selector, evaluated by the API server's rules
/// @param names globs over node names
public record NodeSelection(Optional<String> selector, List<Glob> names) {
  /// Every node.
  public static final NodeSelection ALL = new NodeSelection(Optional.empty(), List.of());

  public NodeSelection {
    names = List.copyOf(names);
  }
}
