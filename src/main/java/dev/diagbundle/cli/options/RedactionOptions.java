package dev.diagbundle.cli.options;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.profile.load.RedactionRules;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.TextRule;
import dev.diagbundle.redact.UserRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which rules for secrets apply.
public final class RedactionOptions {
  @Option(
      names = "--redactions",
      paramLabel = "FILE",
      description = "Rules for secrets that are added or switched off; see doc/redaction.md.")
  private @Nullable Path file;

  /// All rules but those that are switched off.
  public Redaction redaction() throws DiagbundleException {
    return redaction(List.of());
  }

  /// All rules but those that are switched off, and others besides.
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
