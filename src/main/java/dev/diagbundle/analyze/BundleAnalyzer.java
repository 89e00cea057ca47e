package dev.diagbundle.analyze;

import module java.base;

import dev.diagbundle.analyze.custom.CustomRules;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Rule.RuleRun;
import dev.diagbundle.analyze.rule.RuleResult;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.checks.FindingSettings;

/// The analysis of a bundle: reads it once and runs every rule on it.
public final class BundleAnalyzer {
  private static final String CLUSTERS = "clusters/";

  private final List<Rule> analyzers;
  private final FindingSettings settings;

  /// @param analyzers the rules, in the order in which they conclude
  public BundleAnalyzer(List<Rule> analyzers) {
    this(analyzers, FindingSettings.NONE);
  }

  /// @param analyzers the rules, in the order in which they conclude; user-defined rules follow
  ///   them
  public BundleAnalyzer(List<Rule> analyzers, FindingSettings settings) {
    var all = new ArrayList<>(analyzers);
    all.addAll(CustomRules.of(settings.rules()));
    this.analyzers = List.copyOf(all);
    this.settings = settings;
  }

  /// Runs every rule on every cluster of the bundle. Does not fail on damaged files: their facts
  /// are missing then, and are reported as missing.
  public Analysis analyze(BundleContents contents) {
    var roots = new ArrayList<Finding>();
    var bundle = new ArrayList<Finding>();
    var collection = new ArrayList<Finding>();
    var results = new ArrayList<Analysis.Result>();
    var patterns = new ArrayList<LogPatterns>();
    for (String prefix : prefixes(contents)) {
      var context =
          prefix.isEmpty() ? "" : prefix.substring(CLUSTERS.length(), prefix.length() - 1);
      var findings = new ArrayList<Finding>();
      patterns.add(analyze(contents, prefix, context, findings, results));
      for (Finding root : CauseGrouping.fold(findings)) {
        (switch (root.check().layer()) {
              case BUNDLE -> bundle;
              case COLLECTION -> collection;
              default -> roots;
            })
            .add(root);
      }
    }
    roots.sort(Ranking.ORDER);
    bundle.sort(Ranking.ORDER);
    collection.sort(Ranking.ORDER);
    return new Analysis(roots, bundle, collection, results, patterns);
  }

  private LogPatterns analyze(
      BundleContents contents,
      String prefix,
      String context,
      List<Finding> findings,
      List<Analysis.Result> results) {
    var interests = new Subscriptions(settings.thresholds());
    var studies = new ArrayList<RuleRun>();
    for (Rule analyzer : analyzers) {
      studies.add(isIgnored(analyzer) ? (_, _) -> {} : analyzer.begin(interests));
    }
    var reading = new FactsReader(contents, prefix, interests);
    var facts = reading.read();
    var claims = new HashSet<String>();
    for (int i = 0; i < analyzers.size(); i++) {
      var check = analyzers.get(i).check();
      var conclusion = new RuleResult(check, claims);
      studies.get(i).conclude(facts, conclusion);
      conclusion.findings().forEach(finding -> findings.add(finding.of(context)));
      results.add(
          new Analysis.Result(
              check,
              context,
              isIgnored(analyzers.get(i)) ? new Verdict.Ignored() : conclusion.verdict(facts)));
    }
    return reading.patterns();
  }

  private boolean isIgnored(Rule analyzer) {
    return settings.ignored().contains(analyzer.check().id());
  }

  /// The folders of the clusters; the bundle's own if it has one cluster.
  private static List<String> prefixes(BundleContents contents) {
    var prefixes = new TreeSet<String>();
    contents.manifest().run().clusters().stream()
        .map(part -> part.place().prefix())
        .filter(prefix -> !prefix.isEmpty())
        .forEach(prefixes::add);
    for (Entry entry : contents.manifest().entries()) {
      var segments = entry.path().segments();
      if (segments.size() > 2 && segments.getFirst().equals("clusters")) {
        prefixes.add(CLUSTERS + segments.get(1) + "/");
      }
    }
    return prefixes.isEmpty() ? List.of("") : List.copyOf(prefixes);
  }
}
