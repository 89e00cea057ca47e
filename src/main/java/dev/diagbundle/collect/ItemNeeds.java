package dev.diagbundle.collect;

import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;
import java.util.regex.Pattern;

/// Where a [Source] declares what one item needs, in the terms in which it plans.
final class ItemNeeds {
  /// What a name of Kubernetes is made of: a glob that is nothing else means one name.
  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]+");

  private final Needs needs;
  private final ItemSpec spec;

  ItemNeeds(Needs needs, ItemSpec spec) {
    this.needs = needs;
    this.spec = spec;
  }

  /// The types that the cluster serves.
  ServedTypes types() {
    return needs.types();
  }

  /// Lists of these types, as [Planner#list] reads them.
  void lists(List<ResourceType> types) {
    for (ResourceType type : types) {
      if (!type.namespaced() || needs.namespaces().isEmpty()) {
        add(AccessRight.list(type.group(), type.plural(), ""));
        continue;
      }
      needs
          .namespaces()
          .forEach(namespace -> add(AccessRight.list(type.group(), type.plural(), namespace)));
    }
  }

  /// Logs of containers in namespaces that match.
  ///
  /// @param globs empty for all namespaces
  void podLogs(List<Glob> globs) {
    if (!needs.namespaces().isEmpty()) {
      needs.namespaces().stream()
          .filter(name -> globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name)))
          .forEach(name -> add(podLog(name)));
      return;
    }
    boolean named = globs.stream().allMatch(ItemNeeds::isName);
    var instead = globs.stream().map(glob -> podLog(glob.pattern())).toList();
    needs.add(podLog(""), named ? instead : List.of(), spec.name());
  }

  /// Anything of the item's nodes themselves, by the API server's node proxy: it takes every path
  /// below `proxy` for one and the same resource.
  void nodeProxy() {
    needs.addNodeItem(spec);
    var names = needs.onlyNodes().names();
    if (names.isEmpty() || !names.stream().allMatch(ItemNeeds::isName)) {
      add(nodeProxy(""));
      return;
    }
    names.forEach(name -> add(nodeProxy(name.pattern())));
  }

  /// The server's own list of its types.
  void discovery() {
    path("/api/v1");
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

  private static AccessRight podLog(String namespace) {
    return new AccessRight.OnObjects("get", "", "pods", "log", namespace, "");
  }

  private static AccessRight nodeProxy(String node) {
    return new AccessRight.OnObjects("get", "", "nodes", "proxy", "", node);
  }

  private static boolean isName(Glob glob) {
    return NAME.matcher(glob.pattern()).matches();
  }
}
