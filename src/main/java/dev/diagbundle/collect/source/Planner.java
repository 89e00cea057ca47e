package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.RunWindow;
import dev.diagbundle.collect.task.TaskPlanner;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;

/// The context in which a [Source] plans. Safe for use by many threads: a source may continue to
/// plan after lists have ended.
///
/// @param nodes selector of the nodes that an item concerns
/// @param readLogs container logs that were read
/// @param podLogs items that request container logs
/// @param servedTypes types that the API server serves
public record Planner(
    Profile profile,
    RunWindow window,
    Inventory inventory,
    Lists lists,
    TaskPlanner tasks,
    NodeSelector nodes,
    PodLogTracker readLogs,
    PodLogItems podLogs,
    ServedTypes servedTypes) {
  /// @param onlyNodes selection of the command line, in addition to the profile's own
  public Planner(
      Profile profile,
      NodeSelection onlyNodes,
      RunWindow window,
      Inventory inventory,
      Lists lists,
      TaskPlanner tasks) {
    this(
        profile,
        window,
        inventory,
        lists,
        tasks,
        new NodeSelector(profile, onlyNodes, inventory, lists, tasks),
        new PodLogTracker(),
        new PodLogItems(),
        new ServedTypes());
  }

  /// A window of lines by the clock of a node, as far as that is known now. It has no end, unless
  /// the user gave one.
  ///
  /// @param node its name; empty for none
  TimeWindow linesOf(String node, TimeWindow span) {
    return inventory.clocks().of(node).window(window.ofLines(span));
  }

  /// The maximum bytes of one log or file of an item.
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
}
