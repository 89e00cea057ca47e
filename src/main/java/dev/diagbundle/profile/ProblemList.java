package dev.diagbundle.profile;

import dev.diagbundle.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The problems found in one file.
final class ProblemList {
  private record Located(Position position, Fault fault) {}

  private final String file;
  private final List<Located> found = new ArrayList<>();

  /// @param file as messages name it
  ProblemList(String file) {
    this.file = file;
  }

  void add(Position position, Fault fault) {
    found.add(new Located(position, fault));
  }

  void add(Position position, String message) {
    add(position, new Fault(message, Optional.empty()));
  }

  void add(Position position, String message, String hint) {
    add(position, new Fault(message, Optional.of(hint)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// As `FILE:LINE:COL: message`, sorted by position. What an alias repeats is said once.
  List<Problem> sorted() {
    return found.stream()
        .sorted(Comparator.comparing(Located::position))
        .map(located -> located.fault().problem(file, located.position()))
        .distinct()
        .toList();
  }
}
