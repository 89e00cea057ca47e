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

/// The selector of the nodes that items concern.
///
/// @param onlyNodes selection of the command line, in addition to the profile's own
public record NodeSelector(
    Profile profile, NodeSelection onlyNodes, Inventory inventory, Lists lists, TaskPlanner tasks) {
  /// The nodes that an item concerns. If nodes cannot be read, that is recorded as a failed item of
  /// its own.
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

  /// The test for the names of the nodes that an item concerns; it accepts the empty name, of no
  /// node, only if the item concerns all nodes. If the labels of nodes are not known, selectors
  /// match none.
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

  /// The test whether a node is in the selection.
  public static Predicate<NodeSummary> in(NodeSelection selection) {
    var selector = selection.selector().flatMap(LabelSelector::parse);
    var names = selection.names().stream().map(glob -> glob.matcher()).toList();
    return node ->
        (selector.isEmpty() || selector.get().matches(node.labels()))
            && (names.isEmpty() || names.stream().anyMatch(name -> name.test(node.name())));
  }
}
