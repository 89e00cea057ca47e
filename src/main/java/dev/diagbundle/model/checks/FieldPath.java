package dev.diagbundle.model.checks;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/// A path from an object to fields of it: `.spec.replicas`,
/// `.status.conditions[type=Ready].status`, `.metadata.annotations["example.com/owner"]`,
/// `.spec.containers[*].image`, `.spec.ports[0]`.
///
/// @param text as it was written
/// @param steps from the object on
public record FieldPath(String text, List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<key>[A-Za-z0-9_$-]+)"
              + "|\\[\"(?<quoted>[^\"\\\\]+)\"\\]"
              + "|\\[(?<index>[0-9]{1,6})\\]"
              + "|\\[(?<every>\\*)\\]"
              + "|\\[(?<name>[A-Za-z0-9_-]+)=(?:\"(?<text>[^\"\\\\]*)\"|(?<value>[^\\]\"]+))\\]");

  /// One step of the path.
  public sealed interface Step {}

  /// A step to the field of this name.
  record Key(String name) implements Step {}

  /// A step to an element, counted from 0.
  record Index(int number) implements Step {}

  /// A step to every element, or to every field.
  record Every() implements Step {}

  /// A step to every element whose field has the value.
  record Matching(String name, String value) implements Step {}

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /// Reads a path; empty if it is invalid, see [#fault].
  public static Optional<FieldPath> parse(String text) {
    var steps = new ArrayList<Step>();
    return read(text, steps) == text.length() && !steps.isEmpty()
        ? Optional.of(new FieldPath(text, steps))
        : Optional.empty();
  }

  /// The invalid rest of the text; empty if the text is a path.
  public static Optional<String> fault(String text) {
    int end = read(text, new ArrayList<>());
    if (end == text.length() && end > 0) {
      return Optional.empty();
    }
    return Optional.of(end == text.length() ? "it is empty" : text.substring(end));
  }

  /// The values at all locations of the path; a missing node for each location that does not exist.
  /// At least one.
  public List<JsonNode> values(JsonNode object) {
    var at = List.of(object);
    for (Step step : steps) {
      var next = new ArrayList<JsonNode>();
      for (JsonNode node : at) {
        follow(node, step, next);
      }
      at = next;
    }
    return at;
  }

  private static void follow(JsonNode node, Step step, List<JsonNode> into) {
    int before = into.size();
    switch (step) {
      case Key(String name) -> into.add(node.path(name));
      case Index(int number) -> into.add(node.path(number));
      case Every() -> node.forEach(into::add);
      case Matching(String name, String value) -> {
        for (JsonNode element : node) {
          if (element.path(name).asText("").equals(value)) {
            into.add(element);
          }
        }
      }
    }
    if (into.size() == before) {
      into.add(MissingNode.getInstance());
    }
  }

  /// @return the position of the first invalid character; the length of the text if there is none
  private static int read(String text, List<Step> steps) {
    Matcher matcher = STEP.matcher(text);
    int at = 0;
    while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
      steps.add(step(matcher));
      at = matcher.end();
    }
    return at;
  }

  private static Step step(Matcher found) {
    if (found.group("key") != null) {
      return new Key(found.group("key"));
    }
    if (found.group("quoted") != null) {
      return new Key(found.group("quoted"));
    }
    if (found.group("index") != null) {
      return new Index(Integer.parseInt(found.group("index")));
    }
    if (found.group("every") != null) {
      return new Every();
    }
    var value = found.group("text");
    return new Matching(found.group("name"), value == null ? found.group("value") : value);
  }
}
