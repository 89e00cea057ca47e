package dev.diagbundle.describe.kubectl;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// A label selector on one line, with its terms sorted by key: `a=b,c in (d,e),!f`.
public final class SelectorText {
  private SelectorText() {}

  /// The terms of a selector; empty if there are none.
  public static String of(JsonNode selector) {
    var terms = new TreeMap<String, List<String>>(GoText.ORDER);
    TypedFields.sorted(selector, "matchLabels")
        .forEach((key, value) ->
            terms.merge(key, List.of(key + "=" + TypedFields.text(value)), SelectorText::join));
    for (var expression : TypedFields.items(selector, "matchExpressions")) {
      var key = TypedFields.text(expression, "key");
      terms.merge(key, List.of(expression(key, expression)), SelectorText::join);
    }
    return terms.values().stream().flatMap(List::stream).collect(Collectors.joining(","));
  }

  /// The terms of a selector, or `<none>`.
  public static String orNone(JsonNode selector) {
    var text = of(selector);
    return text.isEmpty() ? "<none>" : text;
  }

  /// The members of a map of labels, or `<none>`.
  public static String labels(JsonNode labels) {
    var text =
        TypedFields.sorted(labels).entrySet().stream()
            .map(label -> label.getKey() + "=" + TypedFields.text(label.getValue()))
            .collect(Collectors.joining(","));
    return text.isEmpty() ? "<none>" : text;
  }

  private static String expression(String key, JsonNode expression) {
    var values =
        String.join(
            ",", TypedFields.texts(expression, "values").stream().sorted(GoText.ORDER).toList());
    return switch (TypedFields.text(expression, "operator")) {
      case "In" -> key + " in (" + values + ")";
      case "NotIn" -> key + " notin (" + values + ")";
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  private static List<String> join(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
