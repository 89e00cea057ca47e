package dev.diagbundle.collect;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
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
    if (!unknown.isEmpty()) {
      planner.atServer(
          spec.kind(), "(discovery)", scope -> discover(unknown, spec, planner, scope));
    }
    if (!spec.crds().isEmpty()) {
      planner.after(List.of(ResourceType.CRDS), () -> planCustom(spec, planner));
    }
  }

  @Override
  public void needs(ItemSpec.ClusterDump spec, ItemNeeds needs) throws InterruptedException {
    var types = new ArrayList<ResourceType>();
    spec.resources().forEach(name -> ResourceType.known(name).ifPresent(types::add));
    var unknown = unknown(spec);
    if (!unknown.isEmpty()) {
      needs.discovery();
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

  private static Outcome discover(
      List<String> wanted, ItemSpec.ClusterDump spec, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var found = new ArrayList<String>();
    var broken =
        Discovery.read(
            scope.cluster(),
            scope.caller(),
            type -> {
              if (isWanted(type, wanted)) {
                found.add(type.plural());
                found.add(type.name());
                list(ResourceType.known(type.name()).orElse(type), spec, planner);
              }
            });
    if (!broken.isEmpty()) {
      return new Outcome.Partial(
          Reason.INVALID_ANSWER, "groups that do not answer: " + String.join("; ", broken));
    }
    var missing =
        wanted.stream().filter(name -> !name.equals(EVERYTHING) && !found.contains(name)).toList();
    return missing.isEmpty()
        ? new Outcome.Collected()
        : new Outcome.Skipped(
            Reason.NOT_FOUND, "the cluster does not serve " + String.join(", ", missing));
  }

  private static boolean isWanted(ResourceType type, List<String> wanted) {
    return wanted.contains(type.plural())
        || wanted.contains(type.name())
        || (wanted.contains(EVERYTHING) && !isDouble(type));
  }

  /// Events are served by two groups, and are listed from the core one.
  private static boolean isDouble(ResourceType type) {
    return type.name().equals("events.events.k8s.io");
  }
}
