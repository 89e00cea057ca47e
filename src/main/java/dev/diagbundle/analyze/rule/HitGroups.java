package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.findings.ObjectName;

/// The hits of one rule, grouped into findings: 500 pods of one owner with one cause are one
/// finding, and so is one cause that three owners or more have in common.
public final class HitGroups {
  private static final int MASS = 3;

  private final boolean perOwner;
  private final Map<Key, HitGroup> groups = new LinkedHashMap<>();

  private record Key(String cause, boolean recovered, ObjectName owner) {}

  private HitGroups(boolean perOwner) {
    this.perOwner = perOwner;
  }

  /// Groups with one finding for each cause and owner, merged if three owners or more share a
  /// cause.
  public static HitGroups byOwner() {
    return new HitGroups(true);
  }

  /// Groups with one finding for each cause.
  public static HitGroups byCause() {
    return new HitGroups(false);
  }

  public void add(Hit hit) {
    var key = new Key(hit.cause(), hit.recovered(), perOwner ? hit.owner() : ObjectName.NONE);
    groups.computeIfAbsent(key, _ -> new HitGroup(hit)).add(hit);
  }

  List<HitGroup> merged() {
    var byCause = new LinkedHashMap<Key, List<HitGroup>>();
    for (var entry : groups.entrySet()) {
      var key = new Key(entry.getKey().cause, entry.getKey().recovered, ObjectName.NONE);
      byCause.computeIfAbsent(key, _ -> new ArrayList<>()).add(entry.getValue());
    }
    var merged = new ArrayList<HitGroup>();
    for (var same : byCause.values()) {
      if (same.size() < MASS) {
        merged.addAll(same);
        continue;
      }
      var whole = same.getFirst();
      same.subList(1, same.size()).forEach(whole::add);
      merged.add(whole);
    }
    return merged;
  }
}
