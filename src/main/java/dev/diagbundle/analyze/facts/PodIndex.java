package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.ObjectName;

/// An index of the pods of a cluster: a rule that iterates over all pods for each of a thousand
/// objects takes seconds.
final class PodIndex {
  private final Map<ObjectName, List<PodFact>> byOwner = new HashMap<>();
  private final Map<String, List<PodFact>> byNamespace = new HashMap<>();

  /// @param facts the facts with the pods and their root owners
  PodIndex(Facts facts) {
    for (PodFact pod : facts.pods()) {
      add(byNamespace, pod.name().namespace(), pod);
      if (!pod.owner().equals(ObjectName.NONE)) {
        add(byOwner, pod.owner(), pod);
        var root = facts.root(pod);
        if (!root.equals(pod.owner())) {
          add(byOwner, root, pod);
        }
      }
    }
  }

  List<PodFact> of(ObjectName owner) {
    return byOwner.getOrDefault(owner, List.of());
  }

  List<PodFact> in(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  private static <K> void add(Map<K, List<PodFact>> index, K key, PodFact pod) {
    index.computeIfAbsent(key, _ -> new ArrayList<>()).add(pod);
  }
}
