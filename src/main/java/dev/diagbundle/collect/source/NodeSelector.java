package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.TaskPlanner;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;

/// The choice of the nodes that items concern.
///
/// @param onlyNodes of the command line, beside the profile's own selections
public record NodeSelector(
    Profile profile, NodeSelection onlyNodes, Inventory inventory, Lists lists, TaskPlanner tasks) {
  /// The nodes that an item concerns. If they cannot be known, that is an item of its own, failed.
  List<NodeSummary> of(ItemSpec spec) {
    var selection = spec.common().nodes().orElse(profile.nodes());
    var chosen = inventory.nodes().stream().filter(in(selection)).filter(in(onlyNodes)).toList();
    if (inventory.nodes().isEmpty()) {
      tasks.note(spec.kind(), "", "nodes", whyNoNodes());
    } else if (chosen.isEmpty()) {
      tasks.note(
          spec.kind(),
          "",
          spec.name(),
          new Outcome.Skipped(Reason.EMPTY, "no node matches the selection"));
    }
    return chosen;
  }

  /// Which nodes an item concerns, by name; the empty name, of no node, only where all do. Labels
  /// of nodes that are not known choose none.
  Predicate<String> names(ItemSpec spec) {
    var selection = spec.common().nodes().orElse(profile.nodes());
    if (selection.equals(NodeSelection.ALL) && onlyNodes.equals(NodeSelection.ALL)) {
      return name -> true;
    }
    boolean byLabels = selection.selector().isPresent() || onlyNodes.selector().isPresent();
    if (byLabels || !inventory.nodes().isEmpty()) {
      var names = of(spec).stream().map(NodeSummary::name).collect(Collectors.toSet());
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

  /// Whether a node is in the selection.
  public static Predicate<NodeSummary> in(NodeSelection selection) {
    var selector = selection.selector().flatMap(LabelSelector::parse);
    var names = selection.names().stream().map(glob -> glob.matcher()).toList();
    return node ->
        (selector.isEmpty() || selector.get().matches(node.labels()))
            && (names.isEmpty() || names.stream().anyMatch(name -> name.test(node.name())));
  }
}
