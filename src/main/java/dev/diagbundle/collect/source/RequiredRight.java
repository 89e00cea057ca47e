package dev.diagbundle.collect.source;

import dev.diagbundle.model.AccessRight;
import java.util.List;

/// A right that a run needs, with the items that depend on it.
///
/// @param right needed right
/// @param instead rights that together are an alternative, for example each for one namespace;
///   mostly empty
/// @param items names of the items that need it; [#RUN] is the run itself
public record RequiredRight(AccessRight right, List<AccessRight> instead, List<String> items) {
  /// The name for rights of the run itself, needed before any item.
  public static final String RUN = "(the run itself)";

  public RequiredRight {
    instead = List.copyOf(instead);
    items = List.copyOf(items);
  }
}
