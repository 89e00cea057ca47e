package dev.diagbundle.profile.yaml;

import module java.base;

import dev.diagbundle.model.Problem;

/// The problems found in one file.
public final class ProblemList {
  private record Located(Position position, Violation fault) {}

  private final String file;
  private final List<Located> found = new ArrayList<>();

  /// @param file as named in messages
  public ProblemList(String file) {
    this.file = file;
  }

  public void add(Position position, Violation fault) {
    found.add(new Located(position, fault));
  }

  public void add(Position position, String message) {
    add(position, new Violation(message, Optional.empty()));
  }

  public void add(Position position, String message, String hint) {
    add(position, new Violation(message, Optional.of(hint)));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// The problems as `FILE:LINE:COL: message`, sorted by position. A problem repeated by an alias
  /// is listed once.
  public List<Problem> sorted() {
    return found.stream()
        .sorted(Comparator.comparing(Located::position))
        .map(located -> located.fault().problem(file, located.position()))
        .distinct()
        .toList();
  }
}
