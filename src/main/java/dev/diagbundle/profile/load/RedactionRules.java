package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.profile.yaml.ProblemList;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.YamlNode;
import dev.diagbundle.profile.yaml.YamlReader;
import java.util.Collection;

/// The redaction rules of a user: a file of rules to add or disable.
///
/// @param off names of the disabled built-in rules
/// @param rules the added rules
public record RedactionRules(List<String> off, List<Rule> rules) {
  static final String KIND = "Redactions";

  /// A text that is looked for before a pattern is tried must be rare enough.
  private static final int MIN_LITERAL = 2;

  private static final Shape.MapOf RULE =
      new Shape.MapOf(
          "redactionRule",
          "A kind of secret.",
          List.of(
              Shape.Key.required(
                  "name", new Shape.Text(TextForm.RULE_NAME), "Stands in place of the secret."),
              Shape.Key.optional(
                  "pattern",
                  new Shape.Text(TextForm.LINE_PATTERN),
                  "A regular expression of RE2 within a line; its first group is the secret, or all"
                      + " of it."),
              Shape.Key.optional(
                  "literal",
                  new Shape.Text(TextForm.LINE),
                  "A text that every match has in it; needed where the pattern does not begin with"
                      + " one."),
              Shape.Key.optional(
                  "words",
                  ProfileFormat.listOf(TextForm.SECRET_WORD),
                  "Names that are hidden wherever they stand as words, in any case.")),
          List.of("pattern", "words"));

  private static final Shape.MapOf FORMAT =
      new Shape.MapOf(
          "redactions",
          "Rules for secrets, besides those that diagbundle has.",
          List.of(
              Shape.Key.required(
                  "apiVersion",
                  new Shape.Constant(ProfileFormat.API_VERSION),
                  "The version of this format."),
              Shape.Key.required("kind", new Shape.Constant(KIND), "Says what this is."),
              Shape.Key.optional(
                  "off",
                  ProfileFormat.listOf(TextForm.RULE_NAME),
                  "Rules of diagbundle that are not applied."),
              Shape.Key.optional("rules", new Shape.ListOf(RULE, false), "More rules.")),
          List.of("off", "rules"));

  /// One rule: a pattern, words, or both.
  ///
  /// @param literal contained in each match of the pattern; empty only without a pattern
  public record Rule(String name, Optional<String> pattern, String literal, List<String> words) {
    public Rule {
      words = List.copyOf(words);
    }
  }

  public RedactionRules {
    off = List.copyOf(off);
    rules = List.copyOf(rules);
  }

  /// Reads a file.
  ///
  /// @param known names of the rules that can be switched off
  /// @throws DiagbundleException with every problem of the file, each with its place
  public static RedactionRules load(Path file, Collection<String> known)
      throws DiagbundleException {
    var source = new ProfileSource.AtPath(file);
    var problems = new ProblemList(source.shown());
    var root = YamlReader.read(source.content(), problems);
    root.ifPresent(node -> new ShapeChecker(problems).check(node, FORMAT, node.position()));
    var loaded = new RedactionRules(List.of(), List.of());
    if (problems.isEmpty()) {
      loaded = bound(MappingValues.of(root.orElseThrow()), known, problems);
    }
    if (!problems.isEmpty()) {
      throw new DiagbundleException(problems.sorted());
    }
    return loaded;
  }

  private static RedactionRules bound(
      MappingValues keys, Collection<String> known, ProblemList problems) {
    for (YamlNode name : keys.elements("off")) {
      var text = ((YamlNode.Scalar) name).text();
      if (!known.contains(text)) {
        problems.add(
            name.position(),
            "unknown rule " + Quoted.text(text) + Suggestion.question(text, known),
            "rules: " + String.join(", ", known));
      }
    }
    var rules = new ArrayList<Rule>();
    for (YamlNode element : keys.elements("rules")) {
      rules.add(rule(MappingValues.of(element), problems));
    }
    return new RedactionRules(keys.texts("off"), rules);
  }

  private static Rule rule(MappingValues keys, ProblemList problems) {
    var pattern = keys.text("pattern");
    var literal = keys.text("literal").or(() -> pattern.map(LinePattern::literalPrefix)).orElse("");
    if (pattern.isPresent() && literal.length() < MIN_LITERAL) {
      problems.add(
          keys.value("pattern").orElseThrow().position(),
          "pattern " + Quoted.text(pattern.get()) + " does not begin with literal text",
          "add 'literal: ' with a text that is part of every match, to skip other lines fast");
    }
    return new Rule(keys.text("name").orElseThrow(), pattern, literal, keys.texts("words"));
  }
}
