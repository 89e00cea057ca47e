package dev.diagbundle.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A label selector as kubectl's `-l` takes it: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`,
/// `!a`, joined by commas (the Kubernetes documentation, "Labels and Selectors").
///
/// @param requirements all of which must hold
public record LabelSelector(List<Requirement> requirements) {
  private static final String KEY = "[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final String VALUE = "(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?";
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(==?|!=)\\s*(" + VALUE + ")");
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");

  /// One condition on one label.
  ///
  /// @param key of the label
  /// @param values allowed, or refused; empty where only existence counts
  /// @param wanted whether the label must have one of the values (or exist), or must not
  public record Requirement(String key, Set<String> values, boolean wanted) {
    public Requirement {
      values = Set.copyOf(values);
    }

    boolean holdsFor(Map<String, String> labels) {
      var value = labels.get(key);
      boolean met = value != null && (values.isEmpty() || values.contains(value));
      return met == wanted;
    }
  }

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// Reads a selector; empty if the text is none.
  public static Optional<LabelSelector> parse(String text) {
    var requirements = new ArrayList<Requirement>();
    for (String part : text.split(",(?![^()]*\\))", -1)) {
      var requirement = requirement(part.strip());
      if (requirement.isEmpty()) {
        return Optional.empty();
      }
      requirements.add(requirement.get());
    }
    return Optional.of(new LabelSelector(requirements));
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.holdsFor(labels));
  }

  private static Optional<Requirement> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      var values = new java.util.HashSet<String>();
      for (String value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return Optional.of(new Requirement(set.group(1), values, set.group(2).equals("in")));
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      boolean wanted = !equality.group(2).equals("!=");
      return Optional.of(new Requirement(equality.group(1), Set.of(equality.group(3)), wanted));
    }
    Matcher existence = EXISTENCE.matcher(text);
    return existence.matches()
        ? Optional.of(new Requirement(existence.group(2), Set.of(), existence.group(1).isEmpty()))
        : Optional.empty();
  }
}
