package dev.diagbundle.report.findings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which root finding concerns a pod, its controller or a node, itself or by what follows from it:
/// the most important one. Bounded, however much a file says.
final class AffectedObjects {
  private static final int MAX = 100_000;

  private record Key(String cluster, String namespace, String name) {}

  private final Map<Key, Integer> pods = new HashMap<>();
  private final Map<Key, Integer> owners = new HashMap<>();
  private final Map<Key, Integer> nodes = new HashMap<>();

  void addPod(String cluster, String namespace, String name, int root) {
    add(pods, new Key(cluster, namespace, name), root);
  }

  /// @param owner its kind and name: `Job report-1`
  void addOwner(String cluster, String namespace, String owner, int root) {
    add(owners, new Key(cluster, namespace, owner), root);
  }

  void addNode(String cluster, String name, int root) {
    add(nodes, new Key(cluster, "", name), root);
  }

  /// The number of the finding, from 1.
  Optional<Integer> ofPod(String cluster, String namespace, String name) {
    return Optional.ofNullable(pods.get(new Key(cluster, namespace, name)));
  }

  Optional<Integer> ofOwner(String cluster, String namespace, String owner) {
    return Optional.ofNullable(owners.get(new Key(cluster, namespace, owner)));
  }

  Optional<Integer> ofNode(String cluster, String name) {
    return Optional.ofNullable(nodes.get(new Key(cluster, "", name)));
  }

  private static void add(Map<Key, Integer> map, Key key, int root) {
    if (root > 0 && map.size() < MAX) {
      map.putIfAbsent(key, root);
    }
  }
}
