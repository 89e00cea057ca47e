package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.ItemRegistry;
import dev.diagbundle.collect.task.PlannedTask;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.Task;
import dev.diagbundle.collect.task.TaskExecutor;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a [Source] plans with. Safe for use by many threads: a source may go on planning after
/// lists have ended.
public final class Planner {
  private final Profile profile;
  private final NodeSelection onlyNodes;
  private final TimeWindow window;
  private final boolean windowIsFixed;
  private final Clock serverClock;
  private final Inventory inventory;
  private final Lists lists;
  private final TaskExecutor executor;
  private final ItemRegistry registry;
  private final PodLogTracker readLogs = new PodLogTracker();
  private final PodLogItems podLogs = new PodLogItems();
  private final ServedTypes servedTypes = new ServedTypes();

  /// @param onlyNodes of the command line, beside the profile's own selections
  /// @param windowIsFixed whether the command line named the window, so that items may not differ
  /// @param serverClock the local clock, corrected to the API server's
  public Planner(
      Profile profile,
      NodeSelection onlyNodes,
      TimeWindow window,
      boolean windowIsFixed,
      Clock serverClock,
      Inventory inventory,
      Lists lists,
      TaskExecutor executor,
      ItemRegistry registry) {
    this.profile = profile;
    this.onlyNodes = onlyNodes;
    this.window = window;
    this.windowIsFixed = windowIsFixed;
    this.serverClock = serverClock;
    this.inventory = inventory;
    this.lists = lists;
    this.executor = executor;
    this.registry = registry;
  }

  Inventory inventory() {
    return inventory;
  }

  /// The container logs that were read.
  PodLogTracker readLogs() {
    return readLogs;
  }

  /// The items that ask for container logs.
  PodLogItems podLogs() {
    return podLogs;
  }

  /// What the API server serves.
  ServedTypes servedTypes() {
    return servedTypes;
  }

  /// The window of the run.
  TimeWindow window() {
    return window;
  }

  /// The API server's clock. The window may have ended long before its present.
  InstantSource clock() {
    return serverClock;
  }

  /// The window of an item.
  TimeWindow window(ItemSpec spec) {
    return spec.common()
        .window()
        .filter(length -> !windowIsFixed)
        .map(length -> TimeWindow.endingAt(window.to(), length))
        .orElse(window);
  }

  /// How many bytes one log or file of an item may have.
  long itemBytes(ItemSpec spec) {
    return spec.common().itemBytes().orElse(profile.limits().itemBytes());
  }

  /// All API paths of the profile.
  List<String> apiPaths() {
    return profile.collect().stream()
        .flatMap(item ->
            item instanceof ItemSpec.ApiPaths(var _, var paths) ? paths.stream() : Stream.empty())
        .toList();
  }

  /// The nodes that an item concerns. If they cannot be known, that is an item of its own, failed.
  List<NodeSummary> nodes(ItemSpec spec) {
    var selection = spec.common().nodes().orElse(profile.nodes());
    var chosen = inventory.nodes().stream().filter(in(selection)).filter(in(onlyNodes)).toList();
    if (inventory.nodes().isEmpty()) {
      note(spec.kind(), "", "nodes", whyNoNodes());
    } else if (chosen.isEmpty()) {
      note(
          spec.kind(),
          "",
          spec.name(),
          new Outcome.Skipped(Reason.EMPTY, "no node matches the selection"));
    }
    return chosen;
  }

  /// Which nodes an item concerns, by name; the empty name, of no node, only where all do. Labels
  /// of nodes that are not known choose none.
  Predicate<String> nodeNames(ItemSpec spec) {
    var selection = spec.common().nodes().orElse(profile.nodes());
    if (selection.equals(NodeSelection.ALL) && onlyNodes.equals(NodeSelection.ALL)) {
      return name -> true;
    }
    boolean byLabels = selection.selector().isPresent() || onlyNodes.selector().isPresent();
    if (byLabels || !inventory.nodes().isEmpty()) {
      var names = nodes(spec).stream().map(NodeSummary::name).collect(Collectors.toSet());
      return names::contains;
    }
    return name -> !name.isEmpty() && isNamed(selection, name) && isNamed(onlyNodes, name);
  }

  private static boolean isNamed(NodeSelection selection, String node) {
    return selection.names().isEmpty()
        || selection.names().stream().anyMatch(glob -> glob.matches(node));
  }

  private Outcome whyNoNodes() {
    if (lists.isComplete(ResourceType.NODES)) {
      return new Outcome.Skipped(Reason.EMPTY, "the cluster has no nodes");
    }
    var refusal = lists.refusal(ResourceType.NODES);
    return refusal.isPresent()
        ? new Outcome.Failed(
            refusal.get().reason(), "unknown nodes of the cluster: " + refusal.get().getMessage())
        : new Outcome.Cancelled("the list of nodes is incomplete");
  }

  /// Plans a task at a node. Of a node that is known not to be ready nothing is asked twice.
  void atNode(NodeSummary node, ItemKind kind, String name, Load load, Task task) {
    int retries = node.ready() ? RequestOrigin.USUAL_RETRIES : 0;
    var id = kind.label() + "/" + node.name() + "/" + name;
    executor.submit(new PlannedTask(id, kind, node.name(), node.name(), name, load, retries, task));
  }

  /// Plans a task about a node that asks nothing of it.
  void about(NodeSummary node, ItemKind kind, String name, Task task) {
    var id = kind.label() + "/" + node.name() + "/" + name;
    executor.submit(
        new PlannedTask(
            id, kind, node.name(), "", name, Load.LIGHT, RequestOrigin.USUAL_RETRIES, task));
  }

  /// Plans a task that asks the API server.
  void atServer(ItemKind kind, String name, Task task) {
    var id = kind.label() + "/" + name;
    executor.submit(
        new PlannedTask(id, kind, "", "", name, Load.LIGHT, RequestOrigin.USUAL_RETRIES, task));
  }

  /// Plans an item that ends at once.
  public void note(ItemKind kind, String node, String name, Outcome outcome) {
    var id = kind.label() + "/" + (node.isEmpty() ? "" : node + "/") + name;
    if (registry.plan(id, kind, node, name)) {
      registry.end(id, outcome, Duration.ZERO);
    }
  }

  /// Sees to it that the type is listed, into the bundle and the inventory.
  void list(ResourceType type) {
    lists.require(type);
  }

  /// Whether the list of this type has been read to its end.
  boolean isListed(ResourceType type) {
    return lists.isComplete(type);
  }

  /// Whether all objects of this type in this namespace are known.
  boolean isListed(ResourceType type, String namespace) {
    return lists.isComplete(type) && lists.covers(namespace);
  }

  /// Goes on when the lists of these types have ended.
  void after(Collection<ResourceType> types, Runnable then) {
    lists.after(types, then);
  }

  /// Plans a task that starts when the lists of these types have ended, and asks nothing itself.
  void afterLists(ItemKind kind, String name, Collection<ResourceType> types, Task task) {
    var id = kind.label() + "/" + name;
    var planned =
        new PlannedTask(id, kind, "", "", name, Load.LIGHT, RequestOrigin.USUAL_RETRIES, task);
    if (executor.expect(planned)) {
      lists.after(types, () -> executor.enqueue(planned));
    }
  }

  /// Why only the namespaces of the run were listed, though nodes have something in others too.
  Optional<RequestFailedException> narrowed(ResourceType type) {
    return lists.narrowed(type);
  }

  /// What is missing of a list that has ended; empty if nothing is.
  Optional<Outcome> gap(ResourceType type) {
    return lists.gap(type);
  }

  /// The node of that name, if the inventory has it.
  Optional<NodeSummary> node(String name) {
    return inventory.node(name);
  }

  /// Whether a node is in the selection.
  public static Predicate<NodeSummary> in(NodeSelection selection) {
    var selector = selection.selector().flatMap(LabelSelector::parse);
    var names = selection.names().stream().map(glob -> glob.matcher()).toList();
    return node ->
        (selector.isEmpty() || selector.get().matches(node.labels()))
            && (names.isEmpty() || names.stream().anyMatch(name -> name.test(node.name())));
  }
}
