package dev.diagbundle.profile.yaml;

import java.util.Comparator;

/// A position in a file, as editors count it: both numbers start at 1, columns are code points.
public record Position(int line, int column) implements Comparable<Position> {
  static final Position START = new Position(1, 1);

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
