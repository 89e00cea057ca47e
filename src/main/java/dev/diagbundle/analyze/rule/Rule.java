package dev.diagbundle.analyze.rule;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.findings.Check;

/// A rule: looks for one finding of the catalogue. It has no state; what it gathers from a cluster
/// is in the [RuleRun] that it begins. One file each, and one line in the registry
/// [dev.diagbundle.analyze.rules.RuleRegistry].
public interface Rule {
  /// What it is.
  Check check();

  /// Begins with one cluster: tells what the rule wants to see beyond the [Facts], and returns what
  /// concludes when everything has been read. Called from one thread.
  RuleRun begin(Subscriptions interests);

  /// A rule at work in one cluster.
  @FunctionalInterface
  interface RuleRun {
    /// Says what was found. Called once, after everything was read; before it, all rules that stand
    /// earlier in the registry have concluded.
    void conclude(Facts facts, RuleResult conclusion);
  }
}
