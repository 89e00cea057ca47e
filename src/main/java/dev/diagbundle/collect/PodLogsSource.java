package dev.diagbundle.collect;

import dev.diagbundle.cluster.ContainerLog;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Logs of containers: the present run's, the one before where there was one, and on demand the
/// files that the nodes keep.
final class PodLogsSource implements Source<ItemSpec.PodLogs> {
  /// A pod that no node has, asked about at the API server.
  private static final NodeFacts NO_NODE =
      new NodeFacts("", "", true, Map.of(), com.fasterxml.jackson.databind.node.NullNode.instance);

  @Override
  public Class<ItemSpec.PodLogs> spec() {
    return ItemSpec.PodLogs.class;
  }

  @Override
  public void plan(ItemSpec.PodLogs spec, Planner planner) {
    planner.after(List.of(ResourceType.PODS), () -> planPods(spec, planner));
  }

  @Override
  public void needs(ItemSpec.PodLogs spec, ItemNeeds needs) {
    needs.lists(List.of(ResourceType.PODS));
    needs.podLogs(spec.namespaces());
    if (spec.rotated()) {
      needs.nodeProxy();
    }
  }

  private static void planPods(ItemSpec.PodLogs spec, Planner planner) {
    var choice = new PodChoice(spec);
    var chosen = planner.inventory().pods().stream().filter(choice::wants).toList();
    for (PodFacts pod : chosen) {
      for (PodFacts.ContainerFacts container : pod.containers()) {
        if (choice.wantsContainer(container.name())) {
          planContainer(spec, planner, pod, container);
        }
      }
    }
    if (spec.rotated()) {
      // Planned after the logs, so that these are read first and their files need not be.
      var files = new ContainerFiles(spec, choice, planner);
      var byNode = chosen.stream().collect(Collectors.groupingBy(PodFacts::node));
      for (NodeFacts node : planner.nodes(spec)) {
        files.plan(node, byNode.getOrDefault(node.name(), List.of()));
      }
    }
  }

  private static void planContainer(
      ItemSpec.PodLogs spec, Planner planner, PodFacts pod, PodFacts.ContainerFacts container) {
    if (spec.rotated()) {
      planner.readLogs().expect(ContainerFolder.name(pod, container.name()));
    }
    planLog(spec, planner, pod, container.name(), false);
    if (spec.previous() && container.restarted()) {
      planLog(spec, planner, pod, container.name(), true);
    }
  }

  private static void planLog(
      ItemSpec.PodLogs spec, Planner planner, PodFacts pod, String container, boolean previous) {
    var node = planner.node(pod.node()).orElse(NO_NODE);
    var log = container + (previous ? "-previous" : "");
    planner.atNode(
        node,
        spec.kind(),
        pod.namespace() + "/" + pod.name() + "/" + log,
        Load.LIGHT,
        scope -> {
          try {
            return collect(spec, planner, pod, container, previous, scope);
          } finally {
            if (!previous) {
              planner.readLogs().end(ContainerFolder.name(pod, container));
            }
          }
        });
  }

  private static Outcome collect(
      ItemSpec.PodLogs spec,
      Planner planner,
      PodFacts pod,
      String container,
      boolean previous,
      TaskScope scope)
      throws IOException, InterruptedException {
    var window = planner.window(spec);
    var log =
        new ContainerLog(
            pod.namespace(),
            pod.name(),
            container,
            previous,
            window,
            spec.tailLines(),
            scope.caller());
    var path =
        EntryPath.of("cluster-resources", "pods", "logs")
            .child(pod.namespace())
            .child(pod.name())
            .child(container + (previous ? "-previous" : "") + ".log");
    // A window that goes on has lines that are written after the log was read.
    boolean all =
        !previous && spec.tailLines().isEmpty() && !window.to().isAfter(planner.clock().instant());
    var outcome =
        scope.collect(
            path, window.to(), planner.itemBytes(spec), out -> log.copyTo(scope.cluster(), out));
    if (spec.rotated() && all && outcome instanceof Outcome.Collected) {
      planner.readLogs().add(ContainerFolder.name(pod, container), window);
    }
    return outcome;
  }
}
