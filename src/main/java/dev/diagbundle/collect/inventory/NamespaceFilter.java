package dev.diagbundle.collect.inventory;

import module java.base;

import dev.diagbundle.profile.ItemSpec;

/// The filter of the namespaces whose objects of a type go into the bundle, and of the objects'
/// fields. A type is listed once for all items, so the filter is the union of their requests: all
/// namespaces, as soon as one item requests all.
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
    // No item lists the type by its name: others (descriptions, pod logs) need all of it.
    if (chosen.isEmpty() || isNeededWhole(type)) {
      return namespace -> true;
    }
    return namespace -> chosen.stream().anyMatch(glob -> glob.test(namespace));
  }

  /// Returns whether the objects of this type keep their managed fields, in which the API server
  /// records the owner of each field.
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
