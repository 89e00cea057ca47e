package dev.diagbundle.analyze.custom;

import module java.base;

import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.checks.CustomRule;

/// The user-defined rules. They follow the catalogue's rules, explain nothing and are explained by
/// nothing.
public final class CustomRules {
  private CustomRules() {}

  /// The analysis rule for each user-defined rule.
  public static List<Rule> of(List<CustomRule> rules) {
    return rules.stream().map(CustomRules::of).toList();
  }

  private static Rule of(CustomRule rule) {
    return switch (rule.sought()) {
      case CustomRule.Lines lines -> new CustomLineRule(rule, lines);
      case CustomRule.Objects objects -> new CustomObjectRule(rule, objects);
    };
  }

  static Check check(CustomRule rule) {
    return new Check(
        rule.id(), Layer.CUSTOM, rule.remedy(), rule.docs(), List.of(), rule.meaning());
  }

  static Severity severity(CustomRule rule) {
    return Severity.valueOf(rule.severity().toUpperCase(Locale.ROOT));
  }

  /// The rule's title for a group of hits. Inserted text is not expanded again.
  static String title(CustomRule rule, HitGroup group) {
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
