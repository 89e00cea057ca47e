package dev.diagbundle.analyze.custom;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleResult;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.LogKind;

/// A user-defined rule about log lines. Logs are read one after the other, so that only the counts
/// of one log are kept at a time.
final class CustomLineRule extends Rule {
  private static final Duration EVER = Duration.ofDays(365_000);
  private static final int MAX_PLACES = 5;

  private final CustomRule rule;
  private final CustomRule.Lines sought;

  CustomLineRule(CustomRule rule, CustomRule.Lines sought) {
    super(CustomRules.check(rule));
    this.rule = rule;
    this.sought = sought;
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var globs = globs();
    var matchers = globs.stream().map(Glob::linearMatcher).toList();
    Predicate<String> paths = path -> matchers.stream().anyMatch(each -> each.test(path));
    var found = new Found();
    interests.lines(paths, sought.pattern(), found::add);
    return (facts, conclusion) -> {
      found.end();
      var pods = new HashMap<String, PodFact>();
      if (!found.hits.isEmpty()) {
        facts.pods().forEach(pod -> pods.put(pod.name().path(), pod));
      }
      var groups = HitGroups.byCause();
      for (Hit hit : found.hits) {
        var pod = pods.get(hit.object().path());
        groups.add(pod == null ? hit : hit.owner(facts.root(pod)).node(pod.node()));
      }
      conclusion.found(groups, group -> CustomRules.title(rule, group));
      sayWhatIsMissing(globs, facts, conclusion);
    };
  }

  private List<Glob> globs() {
    var globs = new ArrayList<>(sought.paths());
    var kinds =
        sought.from().isEmpty() && globs.isEmpty() ? List.of(LogKind.values()) : sought.from();
    kinds.forEach(kind -> globs.add(new Glob(kind.paths())));
    return globs;
  }

  private static void sayWhatIsMissing(List<Glob> globs, Facts facts, RuleResult conclusion) {
    var paths = facts.below("");
    for (Glob glob : globs) {
      var matcher = glob.linearMatcher();
      if (paths.stream().map(facts::within).noneMatch(matcher)) {
        conclusion.unknown("logs " + glob.pattern() + ": none in the bundle");
        continue;
      }
      var folder = glob.pattern().replaceFirst("[*?\\[{].*", "");
      facts.missing(new CheckInput("logs", "", folder)).ifPresent(conclusion::unknown);
    }
  }

  /// The matches so far, and the current log.
  private final class Found {
    private final List<Hit> hits = new ArrayList<>();
    private Optional<LogLine> first = Optional.empty();
    private Burst burst = burst();

    void add(LogLine line) {
      if (first.isPresent() && !first.get().path().equals(line.path())) {
        end();
      }
      first = first.or(() -> Optional.of(line.brief()));
      burst.add(line);
    }

    /// The log has ended.
    void end() {
      if (first.isPresent() && burst.isReached()) {
        var hit =
            Hit.of(CustomRules.severity(rule), rule.id(), object(first.get()))
                .node(first.get().node())
                .times(burst.total())
                .seen(burst.first(), burst.last());
        hits.add(hits.size() < MAX_PLACES ? hit.and(burst.evidence()) : hit);
      }
      first = Optional.empty();
      burst = burst();
    }

    private Burst burst() {
      return new Burst(sought.min(), sought.window().orElse(EVER));
    }
  }

  private static ObjectName object(LogLine line) {
    if (!line.pod().isEmpty()) {
      int slash = line.pod().indexOf('/');
      return new ObjectName("Pod", line.pod().substring(0, slash), line.pod().substring(slash + 1));
    }
    return line.node().isEmpty()
        ? new ObjectName("file", "", line.path())
        : new ObjectName("Node", "", line.node());
  }
}
