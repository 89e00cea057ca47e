package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// A field selector over pods as kubectl's `--field-selector` takes it, `path=value`, `path==value`
/// or `path!=value` joined by commas, for the API's fields that planning supports. See
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/>.
///
/// @param terms all of which must hold
public record PodFieldSelector(List<Term> terms) {
  /// The fields that can be named.
  public static final List<String> FIELDS =
      List.of("metadata.name", "metadata.namespace", "spec.nodeName", "status.phase");

  private static final Pattern TERM =
      Pattern.compile("\\s*(?<field>[A-Za-z.]+)(?<operator>==?|!=)(?<value>[A-Za-z0-9._-]*)\\s*");

  /// One condition.
  public record Term(String field, String value, boolean negated) {}

  public PodFieldSelector {
    terms = List.copyOf(terms);
  }

  /// Reads a selector; empty if the text is invalid, or names another field.
  public static Optional<PodFieldSelector> parse(String text) {
    var terms = new ArrayList<Term>();
    for (String part : text.split(",", -1)) {
      var matcher = TERM.matcher(part);
      if (!matcher.matches() || !FIELDS.contains(matcher.group("field"))) {
        return Optional.empty();
      }
      terms.add(
          new Term(
              matcher.group("field"),
              matcher.group("value"),
              matcher.group("operator").equals("!=")));
    }
    return Optional.of(new PodFieldSelector(terms));
  }

  /// Returns whether all conditions hold.
  ///
  /// @param fields the values by the names of [#FIELDS]; one that is missing counts as empty
  public boolean matches(Map<String, String> fields) {
    return terms.stream()
        .allMatch(
            term -> fields.getOrDefault(term.field(), "").equals(term.value()) != term.negated());
  }
}
