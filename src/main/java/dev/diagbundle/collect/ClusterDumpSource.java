package dev.diagbundle.collect;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.util.ArrayList;
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
    var unknown = unknown(spec);
    // Also where nothing is unknown: readers of the bundle want to know what the cluster serves.
    planner.servedTypes().after(planner, () -> planServed(unknown, spec, planner));
    if (!spec.crds().isEmpty()) {
      planner.after(List.of(ResourceType.CRDS), () -> planCustom(spec, planner));
    }
  }

  @Override
  public void needs(ItemSpec.ClusterDump spec, ItemNeeds needs) throws InterruptedException {
    var types = new ArrayList<ResourceType>();
    spec.resources().forEach(name -> ResourceType.known(name).ifPresent(types::add));
    needs.discovery();
    var unknown = unknown(spec);
    if (!unknown.isEmpty()) {
      needs.types().all().stream().filter(type -> isWanted(type, unknown)).forEach(types::add);
    }
    if (!spec.crds().isEmpty()) {
      // Asked for whatever is excluded: it says which others there are.
      needs.lists(List.of(ResourceType.CRDS));
      needs.types().custom().stream().filter(type -> isCustom(type, spec)).forEach(types::add);
    }
    needs.lists(types.stream().filter(type -> !isExcluded(type, spec)).toList());
  }

  /// The names that only the server's own list of its types can explain.
  private static List<String> unknown(ItemSpec.ClusterDump spec) {
    return spec.resources().stream().filter(name -> ResourceType.known(name).isEmpty()).toList();
  }

  private static void planServed(List<String> wanted, ItemSpec.ClusterDump spec, Planner planner) {
    if (wanted.isEmpty()) {
      return;
    }
    var served = planner.servedTypes().listable();
    for (ResourceType type : served) {
      if (isWanted(type, wanted)) {
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

  private static boolean isWanted(ResourceType type, List<String> wanted) {
    return wanted.stream().anyMatch(name -> isCalled(type, name))
        || (wanted.contains(EVERYTHING) && !isDouble(type));
  }

  private static boolean isCalled(ResourceType type, String name) {
    return type.plural().equals(name) || type.name().equals(name);
  }

  private static void planCustom(ItemSpec.ClusterDump spec, Planner planner) {
    for (ResourceType type : planner.inventory().customTypes()) {
      if (isCustom(type, spec)) {
        list(type, spec, planner);
      }
    }
  }

  private static boolean isCustom(ResourceType type, ItemSpec.ClusterDump spec) {
    return spec.crds().stream().anyMatch(glob -> glob.matches(type.name()));
  }

  private static void list(ResourceType type, ItemSpec.ClusterDump spec, Planner planner) {
    if (!isExcluded(type, spec)) {
      planner.list(type);
    }
  }

  private static boolean isExcluded(ResourceType type, ItemSpec.ClusterDump spec) {
    return spec.exclude().contains(type.plural()) || spec.exclude().contains(type.name());
  }

  /// Events are served by two groups, and are listed from the core one.
  private static boolean isDouble(ResourceType type) {
    return type.name().equals("events.events.k8s.io");
  }
}
