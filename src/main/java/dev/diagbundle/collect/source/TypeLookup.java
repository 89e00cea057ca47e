package dev.diagbundle.collect.source;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Discovery;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.ResourceType;
import java.util.regex.Pattern;

/// The types that a cluster serves, read from it once on first use, outside of a run. Types that
/// cannot be read are a problem, not a failure: the rest can be checked without them. For one
/// thread.
public final class TypeLookup {
  /// The pattern of groups and plural names (RFC 1123). A cluster that names a type `*` must not
  /// get that into a rule that a user applies.
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  private final Cluster cluster;
  private final List<String> problems = new ArrayList<>();
  private Optional<List<ResourceType>> all = Optional.empty();
  private Optional<List<ResourceType>> custom = Optional.empty();

  public TypeLookup(Cluster cluster) {
    this.cluster = cluster;
  }

  /// All types that can be listed, each in its group's preferred version.
  List<ResourceType> all() throws InterruptedException {
    if (all.isEmpty()) {
      all = Optional.of(discovered());
    }
    return all.get();
  }

  /// The types of custom resource definitions.
  List<ResourceType> custom() throws InterruptedException {
    if (custom.isEmpty()) {
      custom = Optional.of(defined());
    }
    return custom.get();
  }

  /// The descriptions of the types that could not be read, with the reasons.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private List<ResourceType> discovered() throws InterruptedException {
    var types = new ArrayList<ResourceType>();
    try {
      Discovery.read(cluster, RequestOrigin.RUN, visitor(types))
          .forEach(group -> problems.add("unknown content of API group " + group));
    } catch (IOException e) {
      problems.add("unknown resource types of the server: " + words(e));
    }
    return named(types);
  }

  private static Discovery.Visitor visitor(List<ResourceType> types) {
    return new Discovery.Visitor() {
      @Override
      public void group(ObjectNode group) {}

      @Override
      public void resources(ObjectNode list, String group, String version, boolean preferred) {
        if (preferred) {
          list.path("resources")
              .forEach(
                  resource -> ServedTypes.listable(resource, group, version).ifPresent(types::add));
        }
      }
    };
  }

  private List<ResourceType> defined() throws InterruptedException {
    // It reads definitions as a collection does, so both select from the same types.
    var inventory = new Inventory(List.of(), List.of(), Optional.empty());
    try {
      ObjectList.read(
          cluster, ResourceType.CRDS.path(""), RequestOrigin.RUN, inventory::addDefinition);
    } catch (IOException e) {
      problems.add("unknown custom resources of the profile: " + words(e));
    }
    return named(inventory.customTypes());
  }

  private List<ResourceType> named(List<ResourceType> types) {
    var named =
        types.stream()
            .filter(type ->
                NAME.matcher(type.plural()).matches()
                    && (type.group().isEmpty() || NAME.matcher(type.group()).matches()))
            .toList();
    if (named.size() < types.size()) {
      problems.add((types.size() - named.size()) + " types of the cluster have invalid names");
    }
    return named;
  }

  private static String words(IOException e) {
    return ErrorClassifier.of(e).getMessage();
  }
}
