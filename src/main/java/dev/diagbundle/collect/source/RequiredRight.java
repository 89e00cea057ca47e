package dev.diagbundle.collect.source;

import dev.diagbundle.model.AccessRight;
import java.util.List;

/// A right that a run needs, and what suffers without it.
///
/// @param right that is needed
/// @param instead rights that all together do as well, for example each for one namespace; mostly
///   empty
/// @param items that ask for it, by their names; [#RUN] is the run itself
public record RequiredRight(AccessRight right, List<AccessRight> instead, List<String> items) {
  /// What the run itself asks for, before any item.
  public static final String RUN = "(the run itself)";

  public RequiredRight {
    instead = List.copyOf(instead);
    items = List.copyOf(items);
  }
}
