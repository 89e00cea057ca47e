package dev.diagbundle.model.checks;

import module java.base;

/// A condition on a field of an object. Where its path leads to several places, it holds if it
/// holds at one of them; a place where nothing is counts too.
///
/// @param values one, or several for [Op#IN], or none for [Op#EXISTS] and [Op#ABSENT]
public record FieldTest(FieldPath path, Op op, List<String> values) {
  /// What is asked of the field.
  public enum Op {
    /// It is the value.
    EQ,
    /// It is not the value, or it is not there.
    NE,
    /// It is one of the values.
    IN,
    EXISTS,
    ABSENT,
    /// It is a larger number or amount.
    GT,
    /// It is a smaller number or amount.
    LT,
    /// A regular expression of RE2 is found in it.
    MATCHES;

    /// As profiles write it.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Op> of(String label) {
      return Stream.of(values()).filter(op -> op.label().equals(label)).findFirst();
    }

    public static List<String> labels() {
      return Stream.of(values()).map(Op::label).toList();
    }

    /// Whether it has no value.
    public boolean isBare() {
      return this == EXISTS || this == ABSENT;
    }
  }

  public FieldTest {
    values = List.copyOf(values);
  }

  /// For evidence, for example `.spec.replicas eq 1`.
  @Override
  public String toString() {
    return (path.text() + " " + op.label() + " " + String.join(", ", values)).strip();
  }
}
