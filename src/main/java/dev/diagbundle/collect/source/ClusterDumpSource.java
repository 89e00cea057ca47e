package dev.diagbundle.collect.source;

import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.inventory.TypeFilter;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// The source of API objects: well-known types by their names, all others by discovery, custom
/// resources by globs over the names of their definitions.
final class ClusterDumpSource implements Source<ItemSpec.ClusterDump> {
  @Override
  public Class<ItemSpec.ClusterDump> spec() {
    return ItemSpec.ClusterDump.class;
  }

  @Override
  public void plan(ItemSpec.ClusterDump spec, Planner planner) {
    var types = new TypeFilter(spec);
    types.wellKnown().forEach(planner.lists()::require);
    // Even if all types are well-known: readers of the bundle need the list of served types.
    planner.servedTypes().after(planner, () -> planServed(types, spec, planner));
    if (!spec.crds().isEmpty()) {
      planner
          .lists()
          .after(
              List.of(ResourceType.CRDS),
              () ->
                  planner.inventory().customTypes().stream()
                      .filter(types::wantsCustom)
                      .forEach(planner.lists()::require));
    }
  }

  @Override
  public void needs(ItemSpec.ClusterDump spec, ItemRights needs) throws InterruptedException {
    var types = new TypeFilter(spec);
    needs.discovery();
    if (!spec.crds().isEmpty()) {
      // Listed regardless of exclusions: it defines the custom types.
      needs.lists(List.of(ResourceType.CRDS));
    }
    needs.lists(types.wellKnown());
    if (types.needsServed()) {
      needs.lists(needs.types().all().stream().filter(types::wantsServed).toList());
    }
    if (!spec.crds().isEmpty()) {
      needs.lists(needs.types().custom().stream().filter(types::wantsCustom).toList());
    }
  }

  private static void planServed(TypeFilter types, ItemSpec.ClusterDump spec, Planner planner) {
    var served = planner.servedTypes().listable();
    if (!types.needsServed() || served.isEmpty()) {
      // If nothing is served, discovery failed, which is recorded by an item of its own.
      return;
    }
    served.stream().filter(types::wantsServed).forEach(planner.lists()::require);
    types
        .unserved(served)
        .forEach(name ->
            planner
                .tasks()
                .note(
                    spec.kind(),
                    "",
                    name,
                    new Outcome.Skipped(Reason.NOT_FOUND, "the cluster does not serve " + name)));
  }
}
