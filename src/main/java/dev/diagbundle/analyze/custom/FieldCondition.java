package dev.diagbundle.analyze.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Quantity;
import dev.diagbundle.model.checks.FieldTest;
import java.util.Optional;

/// A compiled [FieldTest], applied to many objects.
final class FieldCondition {
  private final FieldTest test;
  private final Optional<LinePattern> pattern;
  private final Optional<Quantity> limit;

  FieldCondition(FieldTest test) {
    this.test = test;
    var first = test.values().stream().findFirst();
    this.pattern = first.filter(_ -> test.op() == FieldTest.Op.MATCHES).flatMap(LinePattern::parse);
    this.limit = first.flatMap(Quantity::parse);
  }

  /// Returns whether it holds for one of the values at the path.
  boolean holds(JsonNode object) {
    return test.path().values(object).stream().anyMatch(this::holdsAt);
  }

  boolean holdsAt(JsonNode value) {
    boolean there = !value.isMissingNode() && !value.isNull();
    return switch (test.op()) {
      case EXISTS -> there;
      case ABSENT -> !there;
      case EQ, IN -> there && test.values().contains(text(value));
      case NE -> !there || !test.values().contains(text(value));
      case MATCHES -> there && pattern.filter(each -> each.isIn(text(value))).isPresent();
      case GT -> compares(value, 1);
      case LT -> compares(value, -1);
    };
  }

  /// A value as text for people.
  static String shown(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "absent";
    }
    return value.isContainerNode() ? "there" : Fields.text(value);
  }

  private boolean compares(JsonNode value, int sign) {
    var amount = Quantity.parse(text(value));
    return amount.isPresent()
        && limit.isPresent()
        && Integer.signum(amount.get().compareTo(limit.get())) == sign;
  }

  /// The text of a value. Lists and maps have none: only their presence can be tested.
  private static String text(JsonNode value) {
    return value.isContainerNode() ? "" : Fields.text(value);
  }
}
