package dev.diagbundle.findings;

import module java.base;

/// What an analysis came to.
///
/// @param roots findings about the cluster, the most important first, others folded below them
/// @param bundle findings about the bundle itself, which stand above all others
/// @param collection findings about what the collection could not get
/// @param results of every check that there is, for each cluster
/// @param patterns what the error lines of each cluster's logs say
public record Analysis(
    List<Finding> roots,
    List<Finding> bundle,
    List<Finding> collection,
    List<Result> results,
    List<LogPatterns> patterns) {
  /// Nothing was found, and nothing looked at.
  public static final Analysis EMPTY =
      new Analysis(List.of(), List.of(), List.of(), List.of(), List.of());

  /// What came of one check.
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

  /// Checks that came to an answer.
  public long ran() {
    return results.stream()
        .filter(result ->
            switch (result.verdict()) {
              case Verdict.Fired _, Verdict.Clear _ -> true;
              case Verdict.Unknown _, Verdict.Ignored _ -> false;
            })
        .count();
  }

  /// Checks that did not.
  public List<Result> unknown() {
    return results.stream().filter(result -> result.verdict() instanceof Verdict.Unknown).toList();
  }

  /// Checks that were not to be run.
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

  /// Findings, folded ones not counted.
  public long count(Severity severity) {
    return roots.stream().filter(finding -> finding.severity() == severity).count();
  }

  /// Whether nothing is broken as far as one can see. It is never said that a cluster is healthy.
  public boolean isQuiet() {
    return roots.stream()
        .allMatch(finding -> finding.recovered() || finding.severity() == Severity.INFO);
  }

  /// What to say if it is quiet, without a full stop.
  public String quietWords() {
    return ran() == 0
        ? "Unknown: no check could run"
        : "No active problem found in the collected data";
  }

  /// For example `58 of 70 checks ran`, or `57 of 70 checks ran, 1 was ignored`.
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
