package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.podlog.ContainerLog;
import dev.diagbundle.collect.inventory.PodFilter;
import dev.diagbundle.collect.inventory.PodSummary;
import dev.diagbundle.collect.inventory.PodSummary.Availability;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.Task;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.profile.ItemSpec;

/// The source of container logs: of the present run, of the previous run if there was one, and on
/// demand the files that the nodes keep. All items are planned together, in the order of
/// [PodOrder].
final class PodLogsSource implements Source<ItemSpec.PodLogs> {
  private static final ItemKind KIND = ItemKind.POD_LOGS;

  /// The difference of a clock for which no log is read once more.
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /// One log to read.
  ///
  /// @param rotated true if the files of the log are requested too
  private record Wanted(
      PodSummary pod,
      PodSummary.ContainerFacts container,
      boolean previous,
      boolean rotated,
      PodLogItems.Extent extent) {
    /// The rank of the log: logs of crashed runs first, then those of containers that are broken
    /// now.
    int rank() {
      if (previous && container.crashed()) {
        return 0;
      }
      return container.broken() ? 1 : 2;
    }

    boolean isOfBrokenPod() {
      return pod.isBroken() || rank() == 0;
    }

    String name() {
      return container.name() + (previous ? "-previous" : "");
    }
  }

  @Override
  public Class<ItemSpec.PodLogs> spec() {
    return ItemSpec.PodLogs.class;
  }

  @Override
  public void plan(ItemSpec.PodLogs spec, Planner planner) {
    planner.lists().after(List.of(ResourceType.PODS), () -> choose(spec, planner));
  }

  @Override
  public void needs(ItemSpec.PodLogs spec, ItemRights needs) {
    needs.lists(List.of(ResourceType.PODS));
    needs.podLogs(spec.pods());
    boolean byService =
        spec.pods().workloads().stream().anyMatch(workload -> workload.kind().equals("Service"));
    if (byService) {
      needs.services(spec.pods());
    }
    if (spec.rotated()) {
      needs.nodeProxy();
    }
  }

  private static void choose(ItemSpec.PodLogs spec, Planner planner) {
    var choice = new PodFilter(spec, planner.nodes().names(spec));
    if (choice.services().isEmpty()) {
      arrive(choice, planner);
      return;
    }
    var namespaces = new TreeSet<String>();
    for (PodSummary pod : planner.inventory().pods()) {
      if (choice.wantsNamespace(pod.namespace())) {
        namespaces.add(pod.namespace());
      }
    }
    planner
        .tasks()
        .atServer(
            KIND,
            "(services of " + spec.name() + ")",
            scope -> {
              try {
                return choice.services().read(namespaces, scope);
              } finally {
                arrive(choice, planner);
              }
            });
  }

  private static void arrive(PodFilter choice, Planner planner) {
    var all = planner.podLogs().arrive(choice);
    if (!all.isEmpty()) {
      planAll(all, planner);
    }
  }

  private static void planAll(List<PodFilter> choices, Planner planner) {
    var extents = new Interner();
    var gone = new GonePods(planner, pod -> tasks(pod, choices, planner));
    planner.inventory().pods().stream()
        .filter(pod -> choices.stream().anyMatch(choice -> choice.wants(pod)))
        .sorted(new PodOrder())
        .forEach(pod -> {
          if (pod.availability() == Availability.EXPECTED) {
            wanted(pod, choices, planner, extents).forEach(log -> planLog(log, planner));
          } else {
            gone.add(pod);
          }
        });
    // Planned after the logs, so that these are read first and their files need not be.
    for (PodFilter choice : choices) {
      if (choice.spec().rotated()) {
        planFiles(choice, planner);
      }
    }
    gone.plan();
    planner.inventory().forgetPods();
  }

  /// The tasks that read the logs of a pod.
  private static List<Task> tasks(PodSummary pod, List<PodFilter> choices, Planner planner) {
    return wanted(pod, choices, planner, new Interner()).stream()
        .<Task>map(log -> scope -> collect(log, planner, scope.ofPod(log.isOfBrokenPod())))
        .toList();
  }

  /// The logs of a pod that are requested, in the order in which they are read.
  private static List<Wanted> wanted(
      PodSummary pod, List<PodFilter> choices, Planner planner, Interner extents) {
    var choosing = choices.stream().filter(choice -> choice.wants(pod)).toList();
    var logs = new ArrayList<Wanted>();
    for (PodSummary.ContainerFacts container : pod.containers()) {
      var asking = choosing.stream().filter(one -> one.wantsContainer(container)).toList();
      boolean rotated = asking.stream().anyMatch(choice -> choice.spec().rotated());
      PodLogItems.extent(asking.stream(), planner)
          .map(extents::shared)
          .ifPresent(extent -> logs.add(new Wanted(pod, container, false, rotated, extent)));
      if (container.restarted()) {
        PodLogItems.extent(asking.stream().filter(one -> one.spec().previous()), planner)
            .map(extents::shared)
            .ifPresent(extent -> logs.add(new Wanted(pod, container, true, false, extent)));
      }
    }
    logs.sort(Comparator.comparingInt(Wanted::rank));
    return logs;
  }

  private static void planFiles(PodFilter choice, Planner planner) {
    var files = new ContainerFiles(choice.spec(), choice, planner);
    var byNode =
        planner.inventory().pods().stream()
            .filter(choice::wants)
            .collect(Collectors.groupingBy(PodSummary::node));
    for (NodeSummary node : planner.nodes().of(choice.spec())) {
      files.plan(node, byNode.getOrDefault(node.name(), List.of()));
    }
  }

  private static void planLog(Wanted log, Planner planner) {
    var pod = log.pod();
    var node = planner.inventory().node(pod.node()).orElse(NodeSummary.NONE);
    if (log.rotated()) {
      planner.readLogs().expect(ContainerFolder.name(pod, log.container().name()));
    }
    planner
        .tasks()
        .atNode(
            node,
            KIND,
            pod.namespace() + "/" + pod.name() + "/" + log.name(),
            Load.LIGHT,
            scope -> {
              try {
                return collect(log, planner, scope.ofPod(log.isOfBrokenPod()));
              } finally {
                // The name is built again: a large cluster has 100,000 waiting logs, whose names
                // are not kept.
                if (log.rotated()) {
                  planner.readLogs().end(ContainerFolder.name(pod, log.container().name()));
                }
              }
            });
  }

  private static Outcome collect(Wanted log, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var pod = log.pod();
    var extent = log.extent();
    var window = extent.window();
    var path =
        EntryPath.of("cluster-resources", "pods", "logs")
            .child(pod.namespace())
            .child(pod.name())
            .child(log.name() + ".log");
    // In an open window, lines may be written after the log was read.
    boolean all =
        !log.previous()
            && extent.tailLines().isEmpty()
            && !window.to().isAfter(planner.window().clock().instant());
    var outcome = read(log, path, planner, scope);
    if (log.rotated() && all && outcome instanceof Outcome.Collected) {
      planner.readLogs().add(ContainerFolder.name(pod, log.container().name()), window);
    }
    return outcome;
  }

  /// Reads the log in the window by its node's clock. If a response of the node shows meanwhile
  /// that this clock is off, the log is read once more.
  private static Outcome read(Wanted log, EntryPath path, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var extent = log.extent();
    while (true) {
      var lines = planner.linesOf(log.pod().node(), extent.window());
      var tail =
          new LogTail(
              scope,
              path,
              extent.window().to(),
              extent.maxBytes(),
              ReadLimit.of(extent.maxBytes()),
              () ->
                  !lines.covers(
                      planner.linesOf(log.pod().node(), extent.window()), CLOCK_TOLERANCE));
      var outcome =
          tail.collect(
              extent.tailLines(),
              (tailLines, out) ->
                  new ContainerLog(
                          log.pod().namespace(),
                          log.pod().name(),
                          log.container().name(),
                          log.previous(),
                          lines,
                          tailLines,
                          scope.caller())
                      .copyTo(scope.cluster(), out));
      if (!tail.isOutdated()) {
        return outcome;
      }
    }
  }
}
