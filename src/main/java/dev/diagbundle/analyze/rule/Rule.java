package dev.diagbundle.analyze.rule;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;

/// A rule: looks for one finding of the catalogue. It has no state; what it gathers from a cluster
/// is in the [RuleRun] that it begins. One file each, and one line in the registry
/// [dev.diagbundle.analyze.rules.RuleRegistry].
public abstract class Rule {
  /// The root of the documentation of Kubernetes.
  protected static final String KUBERNETES = "https://kubernetes.io/docs/";

  private final Check check;

  protected Rule(Check check) {
    this.check = check;
  }

  /// A rule of the catalogue; its [Check] has these components.
  protected Rule(String id, Layer layer, String remedy, String docs, CheckInput... needs) {
    this(new Check(id, layer, remedy, docs, needs));
  }

  /// What it is.
  public final Check check() {
    return check;
  }

  /// Begins with one cluster: tells what the rule wants to see beyond the [Facts], and returns what
  /// concludes when everything has been read. Called from one thread.
  public abstract RuleRun begin(Subscriptions interests);

  /// A rule at work in one cluster.
  @FunctionalInterface
  public interface RuleRun {
    /// Says what was found. Called once, after everything was read; before it, all rules that stand
    /// earlier in the registry have concluded.
    void conclude(Facts facts, RuleResult conclusion);
  }
}
