package dev.diagbundle.collect.inventory;

import module java.base;

import dev.diagbundle.profile.ItemSpec;

/// Which namespaces' objects of a type reach the bundle, and how much of them. A type is listed
/// once for all items, so it is the sum of what they ask for: all namespaces, as soon as one item
/// wants all.
///
/// @param items of the run
public record NamespaceFilter(List<ItemSpec> items) {
  public NamespaceFilter {
    items = List.copyOf(items);
  }

  /// The namespaces whose objects of this type are kept.
  Predicate<String> of(ResourceType type) {
    var chosen = new ArrayList<Predicate<String>>();
    for (ItemSpec item : items) {
      if (item instanceof ItemSpec.ClusterDump dump && new TypeFilter(dump).wants(type)) {
        if (dump.namespaces().isEmpty()) {
          return namespace -> true;
        }
        dump.namespaces().forEach(glob -> chosen.add(glob.matcher()));
      }
    }
    // No item lists the type by its name: it is needed whole by others (describing, pod logs).
    if (chosen.isEmpty() || isNeededWhole(type)) {
      return namespace -> true;
    }
    return namespace -> chosen.stream().anyMatch(glob -> glob.test(namespace));
  }

  /// Whether the objects of this type keep what the API server notes of who set which field.
  boolean keepsManagedFields(ResourceType type) {
    return items.stream()
        .anyMatch(item ->
            item instanceof ItemSpec.ClusterDump dump
                && dump.managedFields()
                && new TypeFilter(dump).wants(type));
  }

  private boolean isNeededWhole(ResourceType type) {
    boolean describes = items.stream().anyMatch(ItemSpec.NodeDescribe.class::isInstance);
    if (type.equals(ResourceType.PODS)) {
      return describes || items.stream().anyMatch(ItemSpec.PodLogs.class::isInstance);
    }
    if (type.equals(ResourceType.EVENTS)) {
      return describes || items.stream().anyMatch(ItemSpec.Events.class::isInstance);
    }
    return type.equals(ResourceType.LEASES) && describes;
  }
}
