package dev.diagbundle.profile;

import module java.base;

import dev.diagbundle.model.Glob;

/// A selection of objects: those that match all of its conditions. The conditions on namespaces do
/// not apply to objects without one.
///
/// @param namespaces globs; empty for all
/// @param excludedNamespaces globs
/// @param selector a label selector
public record ObjectSelection(
    List<Glob> namespaces, List<Glob> excludedNamespaces, Optional<String> selector) {
  /// Every object.
  public static final ObjectSelection ALL =
      new ObjectSelection(List.of(), List.of(), Optional.empty());

  public ObjectSelection {
    namespaces = List.copyOf(namespaces);
    excludedNamespaces = List.copyOf(excludedNamespaces);
  }

  /// The same selection in all namespaces that are not excluded.
  public ObjectSelection inAllNamespaces() {
    return new ObjectSelection(List.of(), excludedNamespaces, selector);
  }
}
