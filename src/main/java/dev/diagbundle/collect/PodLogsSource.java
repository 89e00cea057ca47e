package dev.diagbundle.collect;

import dev.diagbundle.cluster.ContainerLog;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Logs of containers: the present run's, and the one before where there was one.
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

  private static void planPods(ItemSpec.PodLogs spec, Planner planner) {
    var namespaces = spec.namespaces().stream().map(Glob::matcher).toList();
    var selector = spec.selector().flatMap(LabelSelector::parse);
    for (PodFacts pod : planner.inventory().pods()) {
      boolean wanted =
          (namespaces.isEmpty() || namespaces.stream().anyMatch(name -> name.test(pod.namespace())))
              && (selector.isEmpty() || selector.get().matches(pod.labels()))
              && (spec.pods().isEmpty() || spec.pods().get().matcher(pod.name()).find());
      if (wanted) {
        planContainers(spec, planner, pod);
      }
    }
  }

  private static void planContainers(ItemSpec.PodLogs spec, Planner planner, PodFacts pod) {
    for (PodFacts.ContainerFacts container : pod.containers()) {
      var name = container.name();
      if (spec.containers().isPresent() && !spec.containers().get().matcher(name).find()) {
        continue;
      }
      planLog(spec, planner, pod, name, false);
      if (spec.previous() && container.restarted()) {
        planLog(spec, planner, pod, name, true);
      }
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
        scope -> collect(spec, planner, pod, container, previous, scope));
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
    return scope.collect(
        path, window.to(), planner.itemBytes(spec), out -> log.copyTo(scope.cluster(), out));
  }
}
