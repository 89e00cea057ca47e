package dev.diagbundle.profile;

import module java.base;

import java.util.regex.Pattern;

/// A selection of containers of a pod: those that match all of its conditions.
///
/// @param names matches names, anywhere in them
/// @param excludedNames likewise
/// @param init whether init containers are selected
/// @param ephemeral whether ephemeral containers are selected
/// @param states one of which the container is in
public record ContainerSelection(
    Optional<Pattern> names,
    Optional<Pattern> excludedNames,
    boolean init,
    boolean ephemeral,
    Set<ContainerState> states) {
  /// Every container.
  public static final ContainerSelection ALL =
      new ContainerSelection(
          Optional.empty(), Optional.empty(), true, true, Set.of(ContainerState.values()));

  public ContainerSelection {
    states = Set.copyOf(states);
  }

  /// Returns whether containers in any state are selected, even those without one.
  public boolean anyState() {
    return states.size() == ContainerState.values().length;
  }

  // A `Pattern` is equal to itself only; two selections are equal if their patterns read the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof ContainerSelection that && comparable().equals(that.comparable());
  }

  @Override
  public int hashCode() {
    return comparable().hashCode();
  }

  private List<Object> comparable() {
    return List.of(
        names.map(Pattern::pattern), excludedNames.map(Pattern::pattern), init, ephemeral, states);
  }
}
