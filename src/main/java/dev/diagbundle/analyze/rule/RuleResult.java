package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Verdict;

/// The result of a rule.
public final class RuleResult {
  private final Check check;
  private final Set<String> claims;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /// @param claims the containers that earlier rules have explained; shared by all rules of a
  ///   cluster
  public RuleResult(Check check, Set<String> claims) {
    this.check = check;
    this.claims = claims;
  }

  /// A result without shared claims, for tests of rules.
  static RuleResult of(Check check) {
    return new RuleResult(check, new HashSet<>());
  }

  /// Reports the findings.
  ///
  /// @param title the title of each finding: object, place and cause in one sentence
  public void found(HitGroups groups, Function<HitGroup, String> title) {
    for (HitGroup group : groups.merged()) {
      findings.add(group.finding(check, title.apply(group)));
    }
  }

  /// Records that something could not be examined, beyond the inputs that the check needs.
  public void unknown(String what) {
    missing.add(what);
  }

  /// Claims a container: the first rule to claim it gets it. A container has one finding about its
  /// state, so rules claim in the order of the registry and report only the containers that they
  /// got.
  public boolean claim(PodFact pod, ContainerFact container) {
    return claims.add(pod.uid() + " " + pod.name().path() + " " + container.name());
  }

  /// Returns whether a rule has claimed the container.
  public boolean isClaimed(PodFact pod, ContainerFact container) {
    return claims.contains(pod.uid() + " " + pod.name().path() + " " + container.name());
  }

  public List<Finding> findings() {
    return findings;
  }

  public Verdict verdict(Facts facts) {
    var gaps = new ArrayList<>(missing);
    check.needs().forEach(input -> facts.missing(input).ifPresent(gaps::add));
    if (check.needs().contains(CheckInput.EVENTS) && facts.events().dropped() > 0) {
      gaps.add("events: too many distinct events, " + facts.events().dropped() + " not analyzed");
    }
    if (!findings.isEmpty()) {
      return new Verdict.Fired(gaps);
    }
    return gaps.isEmpty() ? new Verdict.Clear() : new Verdict.Unknown(gaps);
  }
}
