package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.inventory.ServiceSelectors;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.PodSelection;
import java.util.regex.Pattern;

/// Where a [Source] declares what one item needs, in the terms in which it plans.
final class ItemRights {
  /// What a name of Kubernetes is made of: a glob that is nothing else means one name.
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

  /// Lists of these types in all namespaces, whatever the run's own are; who may not read those is
  /// content with the run's.
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
    // Who is refused the events of one group is asked for them in the other.
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

  /// @param most namespaces that are asked for each by itself
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

  /// Anything of the item's nodes themselves, by the API server's node proxy: it takes every path
  /// below `proxy` for one and the same resource.
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
