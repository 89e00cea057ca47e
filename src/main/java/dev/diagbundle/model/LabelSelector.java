package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// A label selector as kubectl's `-l` takes it: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`,
/// `!a`, `a>1`, `a<1`, joined by commas. See
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>.
///
/// @param requirements all of which must hold; none for the empty selector, which matches
///   everything
public record LabelSelector(List<Requirement> requirements) {
  private static final String BLANKS = "[ \\t\\r\\n]*+";
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final String DNS = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
  private static final String KEY = "(?:(?=[^/]{1,253}/)" + DNS + "(?:\\." + DNS + ")*+/)?" + NAME;
  private static final String VALUE = "(?:" + NAME + ")?";
  private static final String VALUES = "%1$s%3$s%1$s(?:,%1$s%3$s%1$s)*+";
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          ("%1$s(?<absent>!?)%1$s(?<key>%2$s)%1$s"
                  + "(?:(?<operator>==?|!=|>|<)%1$s(?<value>%3$s)"
                  + ("|(?<=\\s)(?<set>in|notin)%1$s\\((?<values>" + VALUES + ")\\))?%1$s"))
              .formatted(BLANKS, KEY, VALUE));

  /// The operator of a requirement.
  public enum Operator {
    EXISTS,
    ABSENT,
    IN,
    NOT_IN,
    GREATER,
    LESS
  }

  /// One condition on one label.
  ///
  /// @param values to compare with; empty where only existence counts
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = Set.copyOf(values);
    }

    boolean holdsFor(Map<String, String> labels) {
      var value = Optional.ofNullable(labels.get(key));
      return switch (operator) {
        case EXISTS -> value.isPresent();
        case ABSENT -> value.isEmpty();
        case IN -> value.filter(values::contains).isPresent();
        case NOT_IN -> value.filter(values::contains).isEmpty();
        case GREATER -> value.flatMap(LabelSelector::number).filter(n -> n > bound()).isPresent();
        case LESS -> value.flatMap(LabelSelector::number).filter(n -> n < bound()).isPresent();
      };
    }

    private long bound() {
      return number(values.iterator().next()).orElseThrow();
    }
  }

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// Reads a selector; empty if the text is invalid.
  public static Optional<LabelSelector> parse(String text) {
    var requirements = new ArrayList<Requirement>();
    for (String part : parts(text)) {
      var requirement = requirement(part);
      if (requirement.isEmpty()) {
        return Optional.empty();
      }
      requirements.add(requirement.get());
    }
    return Optional.of(new LabelSelector(requirements));
  }

  /// The first part of a text that is not a requirement; empty if the text is a selector.
  public static Optional<String> fault(String text) {
    return parts(text).stream().filter(part -> requirement(part).isEmpty()).findFirst();
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.holdsFor(labels));
  }

  /// The parts between the commas outside of parentheses.
  private static List<String> parts(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(",(?![^()]*\\))", -1));
  }

  private static Optional<Requirement> requirement(String part) {
    var matcher = REQUIREMENT.matcher(part);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var key = matcher.group("key");
    boolean absent = !matcher.group("absent").isEmpty();
    var operator = matcher.group("operator");
    var set = matcher.group("set");
    if (operator == null && set == null) {
      return Optional.of(
          new Requirement(key, absent ? Operator.ABSENT : Operator.EXISTS, Set.of()));
    }
    if (absent) {
      return Optional.empty();
    }
    if (set != null) {
      var values = Set.copyOf(List.of(matcher.group("values").strip().split("\\s*,\\s*", -1)));
      return Optional.of(
          new Requirement(key, set.equals("in") ? Operator.IN : Operator.NOT_IN, values));
    }
    return comparison(key, operator, matcher.group("value"));
  }

  private static Optional<Requirement> comparison(String key, String operator, String value) {
    var how =
        switch (operator) {
          case "!=" -> Operator.NOT_IN;
          case ">" -> Operator.GREATER;
          case "<" -> Operator.LESS;
          default -> Operator.IN;
        };
    boolean ordered = how == Operator.GREATER || how == Operator.LESS;
    return ordered && number(value).isEmpty()
        ? Optional.empty()
        : Optional.of(new Requirement(key, how, Set.of(value)));
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
