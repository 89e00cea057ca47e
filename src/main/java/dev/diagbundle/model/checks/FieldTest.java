package dev.diagbundle.model.checks;

import module java.base;

/// A condition on a field of an object. If its path matches several locations, it holds if it holds
/// at one of them; an absent field is a location too.
///
/// @param values one, or several for [Op#IN], or none for [Op#EXISTS] and [Op#ABSENT]
public record FieldTest(FieldPath path, Op op, List<String> values) {
  /// The comparison operator.
  public enum Op {
    /// The field equals the value.
    EQ,
    /// The field differs from the value, or is absent.
    NE,
    /// The field is one of the values.
    IN,
    EXISTS,
    ABSENT,
    /// The field is a larger number or amount.
    GT,
    /// The field is a smaller number or amount.
    LT,
    /// The field contains a match of a regular expression of RE2.
    MATCHES;

    /// The name in profiles.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Op> of(String label) {
      return Stream.of(values()).filter(op -> op.label().equals(label)).findFirst();
    }

    public static List<String> labels() {
      return Stream.of(values()).map(Op::label).toList();
    }

    /// Returns whether it takes no value.
    public boolean isBare() {
      return this == EXISTS || this == ABSENT;
    }
  }

  public FieldTest {
    values = List.copyOf(values);
  }

  /// The text form for evidence, for example `.spec.replicas eq 1`.
  @Override
  public String toString() {
    return (path.text() + " " + op.label() + " " + String.join(", ", values)).strip();
  }
}
