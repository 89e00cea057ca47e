package dev.diagbundle.findings;

import module java.base;

/// The result of an analysis.
///
/// @param roots the findings about the cluster, the most important first, others folded below them
/// @param bundle the findings about the bundle itself, which precede all others
/// @param collection the findings about data that could not be collected
/// @param results the results of all checks, for each cluster
/// @param patterns the error patterns of each cluster's logs
public record Analysis(
    List<Finding> roots,
    List<Finding> bundle,
    List<Finding> collection,
    List<Result> results,
    List<LogPatterns> patterns) {
  /// An analysis without findings and without checks.
  public static final Analysis EMPTY =
      new Analysis(List.of(), List.of(), List.of(), List.of(), List.of());

  /// The result of one check.
  ///
  /// @param cluster the context; empty if the bundle has one cluster
  public record Result(Check check, String cluster, Verdict verdict) {}

  public Analysis {
    roots = List.copyOf(roots);
    bundle = List.copyOf(bundle);
    collection = List.copyOf(collection);
    results = List.copyOf(results);
    patterns = List.copyOf(patterns);
  }

  /// The number of checks with a definite verdict.
  public long ran() {
    return results.stream()
        .filter(result ->
            switch (result.verdict()) {
              case Verdict.Fired _, Verdict.Clear _ -> true;
              case Verdict.Unknown _, Verdict.Ignored _ -> false;
            })
        .count();
  }

  /// The checks without a definite verdict.
  public List<Result> unknown() {
    return results.stream().filter(result -> result.verdict() instanceof Verdict.Unknown).toList();
  }

  /// The checks that were disabled.
  public List<Result> ignored() {
    return results.stream().filter(result -> result.verdict() instanceof Verdict.Ignored).toList();
  }

  /// All findings, the folded ones after those that explain them.
  public List<Finding> all() {
    var all = new java.util.ArrayList<Finding>();
    bundle.forEach(finding -> add(finding, all));
    roots.forEach(finding -> add(finding, all));
    collection.forEach(finding -> add(finding, all));
    return all;
  }

  /// The worst severity among all findings.
  public Optional<Severity> worst() {
    return all().stream().map(Finding::severity).reduce(Severity::or);
  }

  /// The number of findings of a severity: those about the cluster, without folded ones, and those
  /// that make the whole analysis doubtful.
  public long count(Severity severity) {
    return Stream.concat(doubts().stream(), roots.stream())
        .filter(finding -> finding.severity() == severity)
        .count();
  }

  /// The critical findings about the bundle and its collection: what the other findings say of the
  /// cluster may be wrong, and so may their absence.
  public List<Finding> doubts() {
    return Stream.concat(bundle.stream(), collection.stream())
        .filter(finding -> finding.severity() == Severity.CRITICAL)
        .toList();
  }

  /// Returns whether no finding about the cluster is an active problem, and none is critical about
  /// the collection. That does not mean that the cluster is healthy.
  public boolean isQuiet() {
    return !hasProblems() && doubts().isEmpty();
  }

  /// Returns whether a finding about the cluster is an active problem.
  public boolean hasProblems() {
    return !roots.stream()
        .allMatch(finding -> finding.recovered() || finding.severity() == Severity.INFO);
  }

  /// The sentence for a quiet analysis, without a full stop.
  public String quietWords() {
    return ran() == 0
        ? "Unknown: no check could run"
        : "No active problem found in the collected data";
  }

  /// The coverage, for example `58 of 70 checks ran`, or `57 of 70 checks ran, 1 was ignored`.
  public String coverage() {
    int ignored = ignored().size();
    return ran()
        + " of "
        + results.size()
        + " checks ran"
        + (ignored == 0 ? "" : ", " + ignored + (ignored == 1 ? " was" : " were") + " ignored");
  }

  private static void add(Finding finding, List<Finding> all) {
    all.add(finding);
    finding.symptoms().forEach(folded -> add(folded, all));
  }
}
