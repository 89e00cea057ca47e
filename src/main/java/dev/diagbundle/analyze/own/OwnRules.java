package dev.diagbundle.analyze.own;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Group;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.model.findings.OwnRule;
import java.util.List;
import java.util.Locale;

/// The users' rules as analyzers. They stand after the catalogue's, explain nothing and are
/// explained by nothing.
public final class OwnRules {
  private OwnRules() {}

  /// An analyzer for each rule.
  public static List<Analyzer> of(List<OwnRule> rules) {
    return rules.stream().map(OwnRules::of).toList();
  }

  private static Analyzer of(OwnRule rule) {
    return switch (rule.sought()) {
      case OwnRule.Lines lines -> new OwnLines(rule, lines);
      case OwnRule.Objects objects -> new OwnObjects(rule, objects);
    };
  }

  static Check check(OwnRule rule) {
    return new Check(rule.id(), Layer.OWN, rule.remedy(), rule.docs(), List.of(), rule.meaning());
  }

  static Severity severity(OwnRule rule) {
    return Severity.valueOf(rule.severity().toUpperCase(Locale.ROOT));
  }

  /// The rule's title for what was found. What is filled in is not filled in again.
  static String title(OwnRule rule, Group group) {
    var text = new StringBuilder();
    int at = 0;
    for (int brace = rule.title().indexOf('{'); brace >= 0; ) {
      text.append(rule.title(), at, brace);
      at = brace;
      if (rule.title().startsWith("{count}", at)) {
        text.append(group.count());
        at += "{count}".length();
      } else if (rule.title().startsWith("{names}", at)) {
        text.append(group.names());
        at += "{names}".length();
      } else {
        text.append('{');
        at++;
      }
      brace = rule.title().indexOf('{', at);
    }
    return text.append(rule.title().substring(at)).toString();
  }
}
