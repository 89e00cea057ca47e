package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.collect.source.RequiredRight;
import dev.diagbundle.model.AccessRight;

/// The warnings about rights that allow more than their names suggest, for the person who grants
/// them.
public final class RbacWarnings {
  private RbacWarnings() {}

  /// The warnings about these rights, one line each.
  public static List<String> of(List<RequiredRight> needs) {
    return needs.stream()
        .map(RequiredRight::right)
        .flatMap(right -> of(right).stream())
        .distinct()
        .toList();
  }

  private static Optional<String> of(AccessRight right) {
    if (!(right instanceof AccessRight.OnObjects objects)) {
      return Optional.empty();
    }
    return switch (objects.path()) {
      case "nodes/proxy" ->
          Optional.of(
              "get nodes/proxy is more than read access: with network access to a kubelet, it"
                  + " allows running commands in the containers of that node");
      case "secrets" ->
          Optional.of(
              "list secrets allows reading secret values; diagbundle keeps only names, key names"
                  + " and sizes, but no narrower permission exists, because listing metadata"
                  + " requires it too");
      default -> Optional.empty();
    };
  }
}
