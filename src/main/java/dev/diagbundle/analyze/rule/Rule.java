package dev.diagbundle.analyze.rule;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;

/// A rule that detects one finding of the catalogue. It has no state; the data of one cluster is in
/// the [RuleRun] that it begins. Each rule has one file, and one line in the registry
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

  /// The check of this rule.
  public final Check check() {
    return check;
  }

  /// Begins a run on one cluster: subscribes to data beyond the [Facts], and returns the run that
  /// concludes once everything has been read. Called from one thread.
  public abstract RuleRun begin(Subscriptions interests);

  /// One run of a rule on one cluster.
  @FunctionalInterface
  public interface RuleRun {
    /// Reports the findings. Called once, after everything was read, and after all earlier rules of
    /// the registry have concluded.
    void conclude(Facts facts, RuleResult conclusion);
  }
}
