package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.write.Priority;
import dev.diagbundle.bundle.write.PriorityTier;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;

/// The priority of entries if the bundle has no room for all: descriptions and events, then the
/// data that findings are based on, then logs of broken pods, of kubelets, and the rest.
final class EntryRank {
  /// The types of objects that most findings are about.
  private static final List<String> OBJECTS_FIRST =
      Stream.of("nodes", "pods", "deployments.apps", "daemonsets.apps", "statefulsets.apps")
          .map(type -> ItemKind.CLUSTER_DUMP.label() + "/" + type)
          .toList();

  private EntryRank() {}

  /// @param kind of the item
  /// @param caller that the item belongs to
  /// @param path within the cluster
  /// @param broken true if it is about a broken pod
  static Priority of(
      ItemKind kind, RequestOrigin caller, EntryPath path, ClusterPlace place, boolean broken) {
    var source = place.prefix() + caller.node();
    return switch (kind) {
      case DESCRIBE, NODE_DESCRIBE, EVENTS -> new Priority(PriorityTier.TELLING, 0, source, false);
      case CLUSTER_DUMP -> {
        int first = OBJECTS_FIRST.indexOf(caller.item());
        int order = first < 0 ? OBJECTS_FIRST.size() : first;
        yield new Priority(PriorityTier.OBJECTS, order, source, false);
      }
      case POD_LOGS -> log(broken ? PriorityTier.BROKEN_PODS : PriorityTier.OTHERS, path, source);
      case NODE_LOGS, NODE_FILES ->
          log(isOfKubelet(path) ? PriorityTier.KUBELETS : PriorityTier.OTHERS, path, source);
      case KUBELET, API_PATHS ->
          new Priority(PriorityTier.OBJECTS, OBJECTS_FIRST.size() + 1, source, false);
      case RUN, CLUSTER -> new Priority(PriorityTier.OTHERS, 2, source, false);
    };
  }

  /// The log from before a container's crash ranks before its current log.
  private static Priority log(PriorityTier importance, EntryPath path, String source) {
    int order = path.value().endsWith("-previous.log") ? 0 : 1;
    return new Priority(importance, order, source, true);
  }

  /// Services and files of kubelets are named after them on every system.
  private static boolean isOfKubelet(EntryPath path) {
    var segments = path.value().toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = 2; i < segments.length; i++) {
      if (segments[i].startsWith("kubelet")) {
        return true;
      }
    }
    return false;
  }
}
