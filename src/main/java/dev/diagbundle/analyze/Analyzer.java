package dev.diagbundle.analyze;

/// A rule: looks for one finding of the catalogue. It has no state; what it gathers from a cluster
/// is in the [Study] that it begins. One file each, and one line in the registry
/// [dev.diagbundle.analyze.rules.Analyzers].
public interface Analyzer {
  /// What it is.
  Check check();

  /// Begins with one cluster: tells what the rule wants to see beyond the [Facts], and returns what
  /// concludes when everything has been read. Called from one thread.
  Study begin(Interests interests);

  /// A rule at work in one cluster.
  @FunctionalInterface
  interface Study {
    /// Says what was found. Called once, after everything was read; before it, all rules that stand
    /// earlier in the registry have concluded.
    void conclude(Facts facts, Conclusion conclusion);
  }
}
