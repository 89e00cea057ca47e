package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.profile.load.RedactionRules;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.TextRule;
import dev.diagbundle.redact.UserRule;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The redaction rules of a run.
public final class RedactionOptions {
  @Option(
      names = "--redaction-rules",
      paramLabel = "FILE",
      description = "File of redaction rules; see doc/redaction.md.")
  private @Nullable Path file;

  /// The enabled rules.
  public Redaction redaction() throws DiagbundleException {
    return redaction(List.of());
  }

  /// The enabled rules, and more.
  public Redaction redaction(Collection<TextRule> more) throws DiagbundleException {
    var rules = new ArrayList<>(more);
    if (file == null) {
      return Redaction.standard().changed(List.of(), rules);
    }
    var changes = RedactionRules.load(file, Redaction.standardNames());
    for (RedactionRules.Rule rule : changes.rules()) {
      rule.pattern()
          .map(pattern -> new UserRule.OfPattern(rule.name(), rule.literal(), pattern))
          .ifPresent(added -> rules.add(added.rule()));
      if (!rule.words().isEmpty()) {
        rules.add(new UserRule.OfWords(rule.name(), rule.words()).rule());
      }
    }
    return Redaction.standard().changed(changes.off(), rules);
  }
}
