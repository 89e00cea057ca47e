package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.findings.ObjectName;

/// The pods that use each volume claim, except terminated ones.
public final class ClaimUsers {
  private final Map<String, List<PodFact>> pods = new HashMap<>();

  public ClaimUsers(Facts facts) {
    for (PodFact pod : facts.pods()) {
      for (String claim : pod.isOver() ? List.<String>of() : pod.claims()) {
        pods.computeIfAbsent(pod.name().namespace() + "/" + claim, _ -> new ArrayList<>()).add(pod);
      }
    }
  }

  /// @param claim its namespace and name, `shop/data-db-0`
  public List<PodFact> of(String claim) {
    return pods.getOrDefault(claim, List.of());
  }

  /// Adds the hit once for each owner of a pod that uses the claim, so that the findings about
  /// these pods fold below it; once unchanged if no pod uses it.
  public void add(HitGroups groups, Hit hit, Facts facts, String claim) {
    var owners = of(claim).stream().map(facts::root).distinct().toList();
    if (owners.isEmpty()) {
      groups.add(hit);
    }
    boolean first = true;
    for (ObjectName owner : owners) {
      groups.add(hit.owner(owner).times(first ? hit.times() : 0));
      first = false;
    }
  }
}
