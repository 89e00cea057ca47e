package dev.diagbundle.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A label selector in its whole text syntax: `k`, `!k`, `k=v`, `k!=v`, `k in (a,b)`, `k notin
/// (a,b)`, `k>1`, `k<1`, joined by commas.
///
/// @param terms all of them must hold
record LabelSelector(List<Term> terms) {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:(?<absent>!)\\s*(?<no>[^\\s=!<>(),]+)"
              + "|(?<key>[^\\s=!<>(),]+)\\s*(?:(?<op>==|=|!=|>|<)\\s*(?<value>[^\\s=!<>(),]*)"
              + "|(?<set>in|notin)\\s*\\((?<values>[^()]*)\\))?)\\s*");

  /// How a term compares.
  enum Operator {
    EXISTS,
    ABSENT,
    IN,
    NOT_IN,
    GREATER,
    LESS
  }

  /// One condition.
  record Term(String key, Operator operator, List<String> values) {
    Term {
      values = List.copyOf(values);
    }

    boolean test(JsonNode labels) {
      boolean present = labels.has(key);
      var actual = labels.path(key).asText();
      return switch (operator) {
        case EXISTS -> present;
        case ABSENT -> !present;
        case IN -> present && values.contains(actual);
        case NOT_IN -> !present || !values.contains(actual);
        case GREATER -> present && number(actual) > number(values.getFirst());
        case LESS -> present && number(actual) < number(values.getFirst());
      };
    }

    private static double number(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        return Double.NaN;
      }
    }
  }

  LabelSelector {
    terms = List.copyOf(terms);
  }

  /// @throws IllegalArgumentException if the text is no selector
  static LabelSelector parse(String text) {
    var terms = new ArrayList<Term>();
    var matcher = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()
          || (matcher.end() < text.length() && text.charAt(matcher.end()) != ',')) {
        throw new IllegalArgumentException("unable to parse requirement: " + text.substring(at));
      }
      terms.add(term(matcher));
      at = matcher.end() + 1;
    }
    return new LabelSelector(terms);
  }

  boolean test(JsonNode labels) {
    return terms.stream().allMatch(term -> term.test(labels));
  }

  private static Term term(java.util.regex.Matcher matcher) {
    if (matcher.group("absent") != null) {
      return new Term(matcher.group("no"), Operator.ABSENT, List.of());
    }
    var key = matcher.group("key");
    var operator = matcher.group("op");
    if (operator != null) {
      var values = List.of(matcher.group("value"));
      return switch (operator) {
        case "!=" -> new Term(key, Operator.NOT_IN, values);
        case ">" -> new Term(key, Operator.GREATER, values);
        case "<" -> new Term(key, Operator.LESS, values);
        default -> new Term(key, Operator.IN, values);
      };
    }
    var set = matcher.group("set");
    if (set == null) {
      return new Term(key, Operator.EXISTS, List.of());
    }
    var values = List.of(matcher.group("values").strip().split("\\s*,\\s*", -1));
    return new Term(key, set.equals("in") ? Operator.IN : Operator.NOT_IN, values);
  }
}
