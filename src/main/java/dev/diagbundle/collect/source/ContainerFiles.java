package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.cluster.podlog.ContainerFile;
import dev.diagbundle.collect.inventory.PodFilter;
import dev.diagbundle.collect.inventory.PodSummary;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.util.regex.Pattern;

/// The log files of one item's containers on the nodes, below `pods/` in their log folders: one
/// task at each node finds them and plans one more for each that may hold lines of the window. Safe
/// for use by many threads.
///
/// Lines may occur twice, from the API server and from a file, but none may be missing: the file of
/// the present run is left out only if its log was read whole before the folder was listed, and no
/// other run has begun since the pods were.
final class ContainerFiles {
  private static final int MAX_FILES = 5_000;
  private static final int MAX_NAMED = 5;
  private static final String FOLDER = "pods/";

  /// The maximum wait for logs that were started before: those that end soon need not be collected
  /// twice.
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /// The pattern of a pod's folder; no name in Kubernetes has an underscore.
  private static final Pattern POD_FOLDER = Pattern.compile("([^_]+)_([^_]+)_([0-9A-Za-z-]+)/");

  private final ItemSpec.PodLogs spec;
  private final PodFilter choice;
  private final Planner planner;

  ContainerFiles(ItemSpec.PodLogs spec, PodFilter choice, Planner planner) {
    this.spec = spec;
    this.choice = choice;
    this.planner = planner;
  }

  /// Plans the search at one node. The node may still have the files of a deleted pod, which is
  /// found by its folder, unless it would have to be selected by labels.
  ///
  /// @param pods of the item that exist
  void plan(NodeSummary node, List<PodSummary> pods) {
    if (pods.isEmpty() && !choice.needsNoLabels()) {
      return;
    }
    planner
        .tasks()
        .atNode(
            node,
            spec.kind(),
            "(files of " + spec.name() + ")",
            Load.FILE,
            scope -> search(node, pods, scope));
  }

  private Outcome search(NodeSummary node, List<PodSummary> pods, TaskScope scope)
      throws IOException, InterruptedException {
    var logs = pods.stream().flatMap(ContainerFiles::names).collect(Collectors.toSet());
    planner.readLogs().await(logs, MAX_WAIT);
    List<String> names;
    try {
      names = NodeFile.list(scope.cluster(), node.name(), FOLDER, scope.caller());
    } catch (RequestFailedException e) {
      return withoutFolder(e);
    }
    var byName = new HashMap<String, PodSummary>();
    pods.forEach(pod -> byName.put(pod.namespace() + "_" + pod.name(), pod));
    var refused = new ArrayList<String>();
    int found = 0;
    for (String name : names) {
      for (ContainerFolder folder : folders(node, name, byName, scope, refused)) {
        found += planFiles(folder, MAX_FILES - found, scope, refused);
      }
    }
    return searched(found, refused);
  }

  /// The containers' folders in a pod's folder, `<namespace>_<pod>_<uid>/`; none if the pod is not
  /// requested.
  private List<ContainerFolder> folders(
      NodeSummary node,
      String name,
      Map<String, PodSummary> byName,
      TaskScope scope,
      List<String> refused)
      throws IOException, InterruptedException {
    var parts = POD_FOLDER.matcher(name);
    if (!parts.matches()) {
      return List.of();
    }
    var namespace = parts.group(1);
    var pod = parts.group(2);
    var uid = parts.group(3);
    var path = FOLDER + name;
    var known = byName.get(namespace + "_" + pod);
    if (known != null) {
      var former = uid.equals(known.uid()) ? Optional.<String>empty() : Optional.of(uid);
      return known.containers().stream()
          .filter(choice::wantsContainer)
          .filter(container -> ContainerFolder.isSegment(container.name()))
          .map(container ->
              new ContainerFolder(node, path + container.name() + "/", known, container, former))
          .toList();
    }
    boolean wanted =
        choice.needsNoLabels()
            && choice.wants(namespace, pod)
            && planner.lists().isComplete(ResourceType.PODS, namespace);
    if (!wanted) {
      return List.of();
    }
    var gone = PodSummary.gone(namespace, pod, node.name());
    return list(node, path, scope, refused).stream()
        .filter(container -> container.endsWith("/"))
        .map(container -> container.substring(0, container.length() - 1))
        .filter(container -> choice.wantsContainer(container))
        .map(container ->
            new ContainerFolder(
                node,
                path + container + "/",
                gone,
                PodSummary.ContainerFacts.gone(container),
                Optional.of(uid)))
        .toList();
  }

  private static Stream<String> names(PodSummary pod) {
    return pod.containers().stream().map(one -> ContainerFolder.name(pod, one.name()));
  }

  private static Outcome searched(int found, List<String> refused) {
    if (!refused.isEmpty()) {
      int more = refused.size() - MAX_NAMED;
      return new Outcome.Partial(
          Reason.INVALID_ANSWER,
          "unreadable folders: "
              + String.join("; ", refused.subList(0, Math.min(MAX_NAMED, refused.size())))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
    if (found >= MAX_FILES) {
      return new Outcome.Partial(
          Reason.LIMIT, "only the first " + MAX_FILES + " files are collected");
    }
    return found == 0
        ? new Outcome.Skipped(Reason.EMPTY, "no files other than those that the API server serves")
        : new Outcome.Collected();
  }

  private static Outcome withoutFolder(RequestFailedException refusal)
      throws RequestFailedException {
    return switch (refusal.status()) {
      case 404 ->
          new Outcome.Skipped(
              Reason.UNSUPPORTED,
              "the node's log folder has no pods/: its kubelet stores container logs elsewhere"
                  + " (podLogsDir in configz) and does not serve files from there");
      case 405 -> new Outcome.Skipped(Reason.UNSUPPORTED, refusal.getMessage());
      default -> throw refusal;
    };
  }

  /// @return number of files planned
  private int planFiles(ContainerFolder folder, int max, TaskScope scope, List<String> refused)
      throws IOException, InterruptedException {
    var window = extent(folder).window();
    // Checked before the folder is listed: a file rotated between the two has another name then.
    boolean isRead = folder.former().isEmpty() && planner.readLogs().has(folder.name(), window);
    var files = ContainerFileName.among(list(folder.node(), folder.path(), scope, refused));
    var lines = planner.linesOf(folder.node().name(), window);
    int run = files.isEmpty() ? 0 : files.getFirst().run();
    boolean leaveOut = isRead && run == folder.container().run();
    int planned = 0;
    for (ContainerFileName file : files) {
      boolean present = folder.former().isEmpty() && file.isInUse() && file.run() == run;
      if (file.wasRotatedBefore(lines.from()) || (present && leaveOut) || planned == max) {
        continue;
      }
      planned++;
      planner
          .tasks()
          .atNode(
              folder.node(),
              spec.kind(),
              folder.itemName(file),
              Load.FILE,
              task -> present ? collectPresent(folder, file, task) : collect(folder, file, task));
    }
    return planned;
  }

  /// The names in a folder; none, with a note, if it cannot be read.
  private static List<String> list(
      NodeSummary node, String path, TaskScope scope, List<String> refused)
      throws IOException, InterruptedException {
    try {
      return NodeFile.list(scope.cluster(), node.name(), path, scope.caller());
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      // A container that has not started has no folder, and one that is gone may lose it.
      if (e.status() != 404) {
        refused.add(path + ": " + e.getMessage());
      }
      return List.of();
    }
  }

  /// Collects the file that is being written, and then the files rotated out of it meanwhile.
  private Outcome collectPresent(ContainerFolder folder, ContainerFileName file, TaskScope scope)
      throws IOException, InterruptedException {
    Outcome outcome;
    try {
      outcome = collect(folder, file, scope);
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      outcome = new Outcome.Failed(e.reason(), e.getMessage());
    }
    var refused = new ArrayList<String>();
    // Files that are planned already are not planned again.
    planFiles(folder, MAX_FILES, scope, refused);
    return outcome instanceof Outcome.Collected && !refused.isEmpty()
        ? new Outcome.Partial(
            Reason.INVALID_ANSWER,
            "files rotated in the meantime are unknown: " + refused.getFirst())
        : outcome;
  }

  private Outcome collect(ContainerFolder folder, ContainerFileName name, TaskScope scope)
      throws IOException, InterruptedException {
    Optional<NodeFile> looked;
    try {
      looked = look(folder, name, scope);
    } catch (RequestFailedException e) {
      if (e.status() == 404) {
        return new Outcome.Skipped(Reason.NOT_FOUND, "deleted on the node in the meantime");
      }
      throw e;
    }
    if (looked.isEmpty()) {
      return new Outcome.Skipped(Reason.UNSUPPORTED, "link to a folder");
    }
    var file = looked.get();
    var extent = extent(folder);
    var window = planner.linesOf(folder.node().name(), extent.window());
    if (isBefore(file, window.from())) {
      return new Outcome.Skipped(Reason.EMPTY, "not modified in the time window");
    }
    if (file.bytes() == 0) {
      return new Outcome.Skipped(Reason.EMPTY, "the file is empty");
    }
    long limit = extent.maxBytes();
    long most = ReadLimit.of(limit);
    var source = new ContainerFile(folder.node().name(), file, window, most, scope.caller());
    var ofPod = scope.ofPod(folder.pod().isBroken());
    return ofPod.collect(
        folder.entry(name),
        file.modified().orElse(extent.window().to()),
        limit,
        out -> source.copyTo(scope.cluster(), new ReadLimit(out, most)));
  }

  private PodLogItems.Extent extent(ContainerFolder folder) {
    return planner.podLogs().ofFiles(folder.pod(), folder.container(), choice, planner);
  }

  /// Looks for the file, also under the name that it has after the next rotation.
  private static Optional<NodeFile> look(
      ContainerFolder folder, ContainerFileName name, TaskScope scope)
      throws IOException, InterruptedException {
    var node = folder.node().name();
    try {
      return NodeFile.look(scope.cluster(), node, folder.path() + name.text(), scope.caller());
    } catch (RequestFailedException e) {
      if (e.status() != 404 || name.isInUse() || name.compressed()) {
        throw e;
      }
      var later = name.afterCompression().text();
      return NodeFile.look(scope.cluster(), node, folder.path() + later, scope.caller());
    }
  }

  /// Returns whether the file was last changed before this moment; HTTP times have whole seconds
  /// only.
  private static boolean isBefore(NodeFile file, Instant moment) {
    return file.modified().map(time -> !time.plusSeconds(1).isAfter(moment)).orElse(false);
  }
}
