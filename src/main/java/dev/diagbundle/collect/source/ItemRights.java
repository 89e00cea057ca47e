package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.inventory.ServiceSelectors;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.PodSelection;
import java.util.regex.Pattern;

/// The rights of one item, which a [Source] declares in the terms of its planning.
final class ItemRights {
  /// The pattern of a name in Kubernetes: a glob that matches it means one name.
  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]+");

  private final RequiredRights needs;
  private final ItemSpec spec;

  ItemRights(RequiredRights needs, ItemSpec spec) {
    this.needs = needs;
    this.spec = spec;
  }

  /// The types that the cluster serves.
  TypeLookup types() {
    return needs.types();
  }

  /// Lists of these types, as [Planner#lists()] reads them.
  void lists(List<ResourceType> types) {
    for (ResourceType type : types) {
      if (!type.namespaced() || needs.namespaces().isEmpty()) {
        list(type, "");
        continue;
      }
      needs.namespaces().forEach(namespace -> list(type, namespace));
    }
  }

  /// Lists of these types in all namespaces, regardless of the run's own; without rights to all,
  /// those to the run's own namespaces suffice.
  void listsEverywhere(List<ResourceType> types) {
    for (ResourceType type : types) {
      if (!type.namespaced() || needs.namespaces().isEmpty()) {
        list(type, "");
        continue;
      }
      var instead =
          needs.namespaces().stream()
              .map(name -> AccessRight.list(type.group(), type.plural(), name))
              .toList();
      needs.add(AccessRight.list(type.group(), type.plural(), ""), instead, spec.name());
    }
  }

  private void list(ResourceType type, String namespace) {
    var right = AccessRight.list(type.group(), type.plural(), namespace);
    // If the events of one group are refused, they are requested from the other.
    var instead =
        type.equals(ResourceType.EVENTS)
            ? List.of(
                AccessRight.list(
                    ResourceType.NEW_EVENTS.group(), ResourceType.NEW_EVENTS.plural(), namespace))
            : List.<AccessRight>of();
    needs.add(right, instead, spec.name());
  }

  /// Logs of the containers of these pods.
  void podLogs(PodSelection pods) {
    inNamespaces(
        pods,
        Integer.MAX_VALUE,
        namespace -> new AccessRight.OnObjects("get", "", "pods", "log", namespace, ""));
  }

  /// The services that select these pods, as [ServiceSelectors] reads them.
  void services(PodSelection pods) {
    inNamespaces(
        pods,
        ServiceSelectors.MAX_NAMESPACES,
        namespace -> AccessRight.list("", "services", namespace));
  }

  /// @param most maximum number of namespaces that are requested one by one
  private void inNamespaces(PodSelection pods, int most, Function<String, AccessRight> right) {
    var only = needs.namespaces().stream().filter(name -> isIn(pods, name)).toList();
    if (!needs.namespaces().isEmpty() && only.size() <= most) {
      only.forEach(name -> add(right.apply(name)));
      return;
    }
    var globs = pods.namespaces();
    boolean named = globs.stream().allMatch(ItemRights::isName) && globs.size() <= most;
    var instead = globs.stream().map(Glob::pattern).filter(name -> isIn(pods, name)).map(right);
    needs.add(right.apply(""), named ? instead.toList() : List.of(), spec.name());
  }

  private static boolean isIn(PodSelection pods, String namespace) {
    return (pods.namespaces().isEmpty()
            || pods.namespaces().stream().anyMatch(glob -> glob.matches(namespace)))
        && pods.excludedNamespaces().stream().noneMatch(glob -> glob.matches(namespace));
  }

  /// Requests to the item's nodes themselves, through the API server's node proxy: it treats every
  /// path below `proxy` as the same resource.
  void nodeProxy() {
    needs.addNodeItem(spec);
    var names = needs.onlyNodes().names();
    if (names.isEmpty() || !names.stream().allMatch(ItemRights::isName)) {
      add(nodeProxy(""));
      return;
    }
    names.forEach(name -> add(nodeProxy(name.pattern())));
  }

  /// The server's own list of its types.
  void discovery() {
    path("/api");
    path("/api/*");
    path("/apis");
    path("/apis/*");
  }

  /// One path of the API server, with or without a query.
  void path(String path) {
    add(AccessRight.ofRequest("GET", path.replaceFirst("\\?.*", "")));
  }

  private void add(AccessRight right) {
    needs.add(right, List.of(), spec.name());
  }

  private static AccessRight nodeProxy(String node) {
    return new AccessRight.OnObjects("get", "", "nodes", "proxy", "", node);
  }

  private static boolean isName(Glob glob) {
    return NAME.matcher(glob.pattern()).matches();
  }
}
