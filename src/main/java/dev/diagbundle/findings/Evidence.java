package dev.diagbundle.findings;

import dev.diagbundle.model.Printable;
import java.util.List;

/// A place in the bundle that proves a fact.
///
/// @param path the path of the entry
/// @param from its first line, from 1; 0 if the whole entry is meant
/// @param to its last line
/// @param lines the text at this place, or the relevant part of it, at most [#MAX_LINES]
public record Evidence(String path, long from, long to, List<String> lines) {
  /// The maximum number of lines.
  public static final int MAX_LINES = 5;

  private static final int MAX_LENGTH = 400;

  public Evidence {
    lines = lines.stream().limit(MAX_LINES).map(line -> Printable.cut(line, MAX_LENGTH)).toList();
  }

  /// Evidence of one line of an entry.
  public static Evidence line(String path, long number, String... words) {
    return new Evidence(path, number, number, List.of(words));
  }

  /// The same place with another text.
  public Evidence saying(String... words) {
    return new Evidence(path, from, to, List.of(words));
  }

  /// The path and line in the format of editors.
  @Override
  public String toString() {
    return from == 0 ? path : path + ":" + from;
  }
}
