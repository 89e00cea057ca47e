package dev.diagbundle.collect;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// API objects: well-known types by their names, all others found by discovery, custom resources by
/// globs over the names of their definitions.
final class ClusterDumpSource implements Source<ItemSpec.ClusterDump> {
  private static final String EVERYTHING = "*";

  @Override
  public Class<ItemSpec.ClusterDump> spec() {
    return ItemSpec.ClusterDump.class;
  }

  @Override
  public void plan(ItemSpec.ClusterDump spec, Planner planner) {
    spec.resources().stream()
        .flatMap(name -> ResourceType.known(name).stream())
        .forEach(type -> list(type, spec, planner));
    var unknown =
        spec.resources().stream().filter(name -> ResourceType.known(name).isEmpty()).toList();
    // Also where nothing is unknown: readers of the bundle want to know what the cluster serves.
    planner.servedTypes().after(planner, () -> planServed(unknown, spec, planner));
    if (!spec.crds().isEmpty()) {
      planner.after(List.of(ResourceType.CRDS), () -> planCustom(spec, planner));
    }
  }

  private static void planServed(List<String> wanted, ItemSpec.ClusterDump spec, Planner planner) {
    if (wanted.isEmpty()) {
      return;
    }
    var served = planner.servedTypes().listable();
    for (ResourceType type : served) {
      boolean byName = wanted.contains(type.plural()) || wanted.contains(type.name());
      if (byName || (wanted.contains(EVERYTHING) && !isDouble(type))) {
        list(type, spec, planner);
      }
    }
    if (served.isEmpty()) {
      // Discovery failed, and is an item that says so.
      return;
    }
    wanted.stream()
        .filter(name -> !name.equals(EVERYTHING))
        .filter(name -> served.stream().noneMatch(type -> isCalled(type, name)))
        .forEach(name ->
            planner.note(
                spec.kind(),
                "",
                name,
                new Outcome.Skipped(Reason.NOT_FOUND, "the cluster does not serve " + name)));
  }

  private static boolean isCalled(ResourceType type, String name) {
    return type.plural().equals(name) || type.name().equals(name);
  }

  private static void planCustom(ItemSpec.ClusterDump spec, Planner planner) {
    for (ResourceType type : planner.inventory().customTypes()) {
      if (spec.crds().stream().anyMatch(glob -> glob.matches(type.name()))) {
        list(type, spec, planner);
      }
    }
  }

  private static void list(ResourceType type, ItemSpec.ClusterDump spec, Planner planner) {
    if (!spec.exclude().contains(type.plural()) && !spec.exclude().contains(type.name())) {
      planner.list(type);
    }
  }

  /// Events are served by two groups, and are listed from the core one.
  private static boolean isDouble(ResourceType type) {
    return type.name().equals("events.events.k8s.io");
  }
}
