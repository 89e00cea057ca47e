package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;

/// The rights that a run needs, each once, in the order in which they are used. The sources declare
/// them item by item (see [Source#needs]), next to their planning.
public final class RequiredRights {
  private final List<String> namespaces;
  private final NodeSelection onlyNodes;
  private final TypeLookup types;
  private final Map<AccessRight, Draft> drafts = new LinkedHashMap<>();
  private final List<ItemSpec> nodeItems = new ArrayList<>();

  /// The draft of a right while needs are declared.
  private static final class Draft {
    private final Set<String> items = new LinkedHashSet<>();
    private final Set<AccessRight> instead = new LinkedHashSet<>();
    private boolean wholly;
  }

  private RequiredRights(List<String> namespaces, NodeSelection onlyNodes, TypeLookup types) {
    this.namespaces = List.copyOf(namespaces);
    this.onlyNodes = onlyNodes;
    this.types = types;
  }

  /// All rights that a run of these items needs in a cluster with these types.
  ///
  /// @param namespaces to request instead of the whole cluster; empty for the whole cluster
  /// @param onlyNodes selection in addition to the profile's own
  public static RequiredRights of(
      List<ItemSpec> items, List<String> namespaces, NodeSelection onlyNodes, TypeLookup types)
      throws InterruptedException {
    var needs = new RequiredRights(namespaces, onlyNodes, types);
    needs.add(new AccessRight.OnPath("get", "/version"), List.of(), RequiredRight.RUN);
    needs.add(AccessRight.list("", ResourceType.NODES.plural(), ""), List.of(), RequiredRight.RUN);
    for (ItemSpec item : items) {
      Sources.needs(item, needs);
    }
    return needs;
  }

  public List<RequiredRight> all() {
    var needs = new ArrayList<RequiredRight>();
    drafts.forEach((right, draft) ->
        needs.add(
            new RequiredRight(
                right,
                draft.wholly ? List.of() : List.copyOf(draft.instead),
                List.copyOf(draft.items))));
    return needs;
  }

  /// The items with requests to kubelets.
  public List<ItemSpec> nodeItems() {
    return nodeItems;
  }

  /// The needs of one item.
  ItemRights of(ItemSpec spec) {
    return new ItemRights(this, spec);
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

  /// @param instead rights that are an alternative for this item; empty if there is none
  void add(AccessRight right, List<AccessRight> instead, String item) {
    var draft = drafts.computeIfAbsent(right, any -> new Draft());
    draft.items.add(item);
    draft.instead.addAll(instead);
    draft.wholly |= instead.isEmpty();
  }
}
