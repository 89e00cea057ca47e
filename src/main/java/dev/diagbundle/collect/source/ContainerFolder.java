package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.collect.inventory.PodSummary;
import dev.diagbundle.model.EntryPath;
import java.util.Optional;

/// The folder of one container's log files on its node,
/// `pods/<namespace>_<pod>_<uid>/<container>/`.
///
/// @param path below the node's log folder, with a slash at its end
/// @param former uid of the pod, if it is not the present pod of that name; else empty
record ContainerFolder(
    NodeSummary node,
    String path,
    PodSummary pod,
    PodSummary.ContainerFacts container,
    Optional<String> former) {
  private static final EntryPath LOGS = new EntryPath("cluster-resources/pods/logs");

  /// The name of the container in items.
  static String name(PodSummary pod, String container) {
    return pod.namespace() + "/" + pod.name() + "/" + container;
  }

  /// Returns whether the name can be one segment of a path on the node.
  static boolean isSegment(String name) {
    return !name.isEmpty() && !name.equals(".") && !name.equals("..") && !name.contains("/");
  }

  String name() {
    return name(pod, container.name());
  }

  String itemName(ContainerFileName file) {
    return name() + "/" + former.map(uid -> uid + "/").orElse("") + file.plain();
  }

  EntryPath entry(ContainerFileName file) {
    var folder = LOGS.child(pod.namespace()).child(pod.name()).child(container.name());
    return former.map(folder::child).orElse(folder).child(file.plain());
  }
}
