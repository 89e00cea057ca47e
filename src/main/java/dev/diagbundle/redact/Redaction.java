package dev.diagbundle.redact;

import module java.base;

import dev.diagbundle.model.LiteralMatcher;
import java.util.Collection;

/// A set of rules, ready for use by many threads.
public final class Redaction {
  private final List<TextRule> rules;
  private final LiteralMatcher literals;

  /// @param rules of two that find the same, the one whose literal ends first counts
  public Redaction(List<TextRule> rules) {
    this.rules = List.copyOf(rules);
    this.literals = new LiteralMatcher(this.rules.stream().map(TextRule::literals).toList());
  }

  /// All built-in rules.
  public static Redaction standard() {
    return new Redaction(BuiltInRules.all());
  }

  /// The names of all built-in rules, in their order.
  public static List<String> standardNames() {
    return standard().names();
  }

  /// These rules without those of such names, and others besides.
  public Redaction changed(Collection<String> off, Collection<? extends TextRule> more) {
    var changed = new ArrayList<TextRule>(more);
    rules.stream().filter(rule -> !off.contains(rule.name())).forEach(changed::add);
    return new Redaction(changed);
  }

  /// No rule: everything passes as it is.
  public static Redaction none() {
    return new Redaction(List.of());
  }

  /// Returns whether everything passes unchanged.
  boolean isNone() {
    return rules.isEmpty();
  }

  /// The names of the rules, without doubles, in their order.
  public List<String> names() {
    return rules.stream().map(TextRule::name).distinct().toList();
  }

  /// A stream into the other that replaces secrets.
  public RedactingOutputStream over(OutputStream out) {
    return new RedactingOutputStream(this, out);
  }

  /// The text without secrets; meant for messages, not for files.
  public String text(String text) {
    var bytes = new ByteArrayOutputStream();
    var redacting = over(bytes);
    try {
      redacting.write(text.getBytes(StandardCharsets.UTF_8));
      redacting.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  TextRule rule(LiteralMatcher.Hit hit) {
    return rules.get(hit.group());
  }

  LiteralMatcher literals() {
    return literals;
  }
}
