package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.PodFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which pods use which volume claims, those that are over left out.
final class Users {
  private final Map<String, List<PodFact>> pods = new HashMap<>();

  Users(Facts facts) {
    for (PodFact pod : facts.pods()) {
      for (String claim : pod.isOver() ? List.<String>of() : pod.claims()) {
        pods.computeIfAbsent(pod.name().namespace() + "/" + claim, _ -> new ArrayList<>()).add(pod);
      }
    }
  }

  /// @param claim its namespace and name, `shop/data-db-0`
  List<PodFact> of(String claim) {
    return pods.getOrDefault(claim, List.of());
  }

  /// The hit once for each owner of a pod that uses the claim, so that what keeps these pods folds
  /// below it; once as it is if no pod does.
  void add(Groups groups, Hit hit, Facts facts, String claim) {
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
