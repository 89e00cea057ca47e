package dev.diagbundle.profile.load;

import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text form of label selectors, as the Kubernetes API takes them: `app=web,!canary`. See
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>.
final class LabelSelectorText {
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final String VALUE = "(?:" + NAME + ")?";
  private static final String DNS = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String KEY = "(?:" + DNS + "(?:\\." + DNS + ")*+/)?" + NAME;
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "\\s*(?:!\\s*"
              + KEY
              + "|"
              + KEY
              + "|"
              + KEY
              + "\\s*(?:==?|!=)\\s*"
              + VALUE
              + "|"
              + KEY
              + "\\s*[<>]\\s*-?[0-9]{1,18}"
              + "|"
              + KEY
              + "\\s+(?:not)?in\\s*\\(\\s*"
              + VALUE
              + "(?:\\s*,\\s*"
              + VALUE
              + ")*+\\s*\\)"
              + ")\\s*");

  private LabelSelectorText() {}

  static Optional<Violation> fault(String selector) {
    for (String requirement : requirements(selector)) {
      if (!REQUIREMENT.matcher(requirement).matches()) {
        var part = requirement.equals(selector) ? "" : ": " + Quoted.text(requirement.strip());
        return Violation.of(
            "invalid label selector " + Quoted.text(selector) + part,
            "for example app=web, tier in (web, api), !canary");
      }
    }
    return Optional.empty();
  }

  /// The parts between those commas that stand outside of parentheses.
  private static List<String> requirements(String selector) {
    var parts = new ArrayList<String>();
    boolean inside = false;
    int start = 0;
    for (int i = 0; i < selector.length(); i++) {
      char c = selector.charAt(i);
      if (c == '(' || c == ')') {
        inside = c == '(';
      }
      if (c == ',' && !inside) {
        parts.add(selector.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(selector.substring(start));
    return parts;
  }
}
