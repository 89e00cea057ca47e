package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.RunWindow;
import dev.diagbundle.collect.task.TaskPlanner;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;

/// What a [Source] plans with. Safe for use by many threads: a source may go on planning after
/// lists have ended.
///
/// @param nodes that an item concerns
/// @param readLogs the container logs that were read
/// @param podLogs the items that ask for container logs
/// @param servedTypes what the API server serves
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
  /// @param onlyNodes of the command line, beside the profile's own selections
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
}
