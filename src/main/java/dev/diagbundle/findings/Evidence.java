package dev.diagbundle.findings;

import dev.diagbundle.model.Printable;
import java.util.List;

/// Where in the bundle a fact stands.
///
/// @param path of the entry
/// @param from its first line, from 1; 0 if the whole entry is meant
/// @param to its last line
/// @param lines what stands there, or what of it matters, at most [#MAX_LINES]
public record Evidence(String path, long from, long to, List<String> lines) {
  /// How many lines are kept.
  public static final int MAX_LINES = 5;

  private static final int MAX_LENGTH = 400;

  public Evidence {
    lines = lines.stream().limit(MAX_LINES).map(line -> Printable.cut(line, MAX_LENGTH)).toList();
  }

  /// One line of an entry.
  public static Evidence line(String path, long number, String... words) {
    return new Evidence(path, number, number, List.of(words));
  }

  /// The same place with other words.
  public Evidence saying(String... words) {
    return new Evidence(path, from, to, List.of(words));
  }

  /// Path and line, as editors take it.
  @Override
  public String toString() {
    return from == 0 ? path : path + ":" + from;
  }
}
