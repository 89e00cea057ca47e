package dev.diagbundle.collect;

import dev.diagbundle.bundle.ClusterPlace;
import dev.diagbundle.bundle.Importance;
import dev.diagbundle.bundle.Precedence;
import dev.diagbundle.cluster.Caller;
import dev.diagbundle.model.EntryPath;
import java.util.List;
import java.util.Locale;

/// Which entries are kept where the bundle has no room for all: descriptions and events, then what
/// findings are made of, then logs of pods that do not work, of kubelets, and the rest.
final class EntryRank {
  /// What most findings are about.
  private static final List<String> OBJECTS_FIRST =
      List.of("nodes", "pods", "deployments.apps", "daemonsets.apps", "statefulsets.apps");

  private EntryRank() {}

  /// @param caller whose item it is
  /// @param path within the cluster
  /// @param broken whether it is about a pod that does not work
  static Precedence of(Caller caller, EntryPath path, ClusterPlace place, boolean broken) {
    var id = caller.item();
    int slash = id.indexOf('/');
    var kind = slash < 0 ? id : id.substring(0, slash);
    var source = place.prefix() + caller.node();
    return switch (kind) {
      case "describe", "nodeDescribe", "events" ->
          new Precedence(Importance.TELLING, 0, source, false);
      case "clusterDump" -> {
        int first = OBJECTS_FIRST.indexOf(id.substring(slash + 1));
        int order = first < 0 ? OBJECTS_FIRST.size() : first;
        yield new Precedence(Importance.OBJECTS, order, source, false);
      }
      case "podLogs" -> log(broken ? Importance.BROKEN_PODS : Importance.OTHERS, path, source);
      case "nodeLogs", "nodeFiles" ->
          log(isOfKubelet(path) ? Importance.KUBELETS : Importance.OTHERS, path, source);
      case "kubelet", "apiPaths" ->
          new Precedence(Importance.OBJECTS, OBJECTS_FIRST.size() + 1, source, false);
      default -> new Precedence(Importance.OTHERS, 2, source, false);
    };
  }

  /// What a container said before it crashed comes before what it says now.
  private static Precedence log(Importance importance, EntryPath path, String source) {
    int order = path.value().endsWith("-previous.log") ? 0 : 1;
    return new Precedence(importance, order, source, true);
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
