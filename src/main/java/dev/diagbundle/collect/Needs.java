package dev.diagbundle.collect;

import dev.diagbundle.model.AccessRight;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rights that a run needs, each once, in the order in which they are asked for. The sources
/// declare them item by item (see [Source#needs]), beside what they plan.
final class Needs {
  private final List<String> namespaces;
  private final NodeSelection onlyNodes;
  private final TypeLookup types;
  private final Map<AccessRight, Draft> drafts = new LinkedHashMap<>();
  private final List<ItemSpec> nodeItems = new ArrayList<>();

  /// What is known of a right while needs are declared.
  private static final class Draft {
    private final Set<String> items = new LinkedHashSet<>();
    private final Set<AccessRight> instead = new LinkedHashSet<>();
    private boolean wholly;
  }

  private Needs(List<String> namespaces, NodeSelection onlyNodes, TypeLookup types) {
    this.namespaces = List.copyOf(namespaces);
    this.onlyNodes = onlyNodes;
    this.types = types;
  }

  /// All that a run of these items will ask of a cluster with these types.
  ///
  /// @param namespaces that are asked for instead of the whole cluster; empty for that
  /// @param onlyNodes beside the profile's own selections
  static Needs of(
      List<ItemSpec> items, List<String> namespaces, NodeSelection onlyNodes, TypeLookup types)
      throws InterruptedException {
    var needs = new Needs(namespaces, onlyNodes, types);
    needs.add(new AccessRight.OnPath("get", "/version"), List.of(), Need.RUN);
    needs.add(AccessRight.list("", ResourceType.NODES.plural(), ""), List.of(), Need.RUN);
    for (ItemSpec item : items) {
      Sources.needs(item, needs);
    }
    return needs;
  }

  List<Need> all() {
    var needs = new ArrayList<Need>();
    drafts.forEach((right, draft) ->
        needs.add(
            new Need(
                right,
                draft.wholly ? List.of() : List.copyOf(draft.instead),
                List.copyOf(draft.items))));
    return needs;
  }

  /// The items that ask kubelets something.
  List<ItemSpec> nodeItems() {
    return nodeItems;
  }

  /// The needs of one item.
  ItemNeeds of(ItemSpec spec) {
    return new ItemNeeds(this, spec);
  }

  List<String> namespaces() {
    return namespaces;
  }

  NodeSelection onlyNodes() {
    return onlyNodes;
  }

  TypeLookup types() {
    return types;
  }

  void addNodeItem(ItemSpec spec) {
    nodeItems.add(spec);
  }

  /// @param instead what would do as well for this item; empty if nothing would
  void add(AccessRight right, List<AccessRight> instead, String item) {
    var draft = drafts.computeIfAbsent(right, any -> new Draft());
    draft.items.add(item);
    draft.instead.addAll(instead);
    draft.wholly |= instead.isEmpty();
  }
}
