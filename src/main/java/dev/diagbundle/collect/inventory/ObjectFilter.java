package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ObjectSelection;

/// The filter of the objects of a type that go into the bundle, and of their fields. A type is
/// listed once for all items, so the filter is the union of their requests: all objects, as soon as
/// one item requests all.
///
/// @param items of the run
public record ObjectFilter(List<ItemSpec> items) {
  public ObjectFilter {
    items = List.copyOf(items);
  }

  /// The objects of this type that are kept.
  Predicate<JsonNode> of(ResourceType type) {
    var chosen = new ArrayList<Predicate<JsonNode>>();
    for (ItemSpec item : items) {
      selection(item, type).ifPresent(selection -> chosen.add(test(selection, type)));
    }
    // No item lists the type by its name: others (descriptions, pod logs) need all of it.
    if (chosen.isEmpty()) {
      return object -> true;
    }
    return object -> chosen.stream().anyMatch(one -> one.test(object));
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

  /// The objects of the type that an item requests by the name of the type.
  private Optional<ObjectSelection> selection(ItemSpec item, ResourceType type) {
    return switch (item) {
      case ItemSpec.Events events when type.equals(ResourceType.EVENTS) ->
          Optional.of(events.objects());
      case ItemSpec.ClusterDump dump when new TypeFilter(dump).wants(type) ->
          Optional.of(isNeededWhole(type) ? dump.objects().inAllNamespaces() : dump.objects());
      default -> Optional.empty();
    };
  }

  private static Predicate<JsonNode> test(ObjectSelection selection, ResourceType type) {
    if (selection.equals(ObjectSelection.ALL)) {
      return object -> true;
    }
    var namespaces = selection.namespaces().stream().map(Glob::matcher).toList();
    var excluded = selection.excludedNamespaces().stream().map(Glob::matcher).toList();
    var selector = selection.selector().flatMap(LabelSelector::parse);
    Predicate<String> inNamespace =
        namespace ->
            (namespaces.isEmpty() || namespaces.stream().anyMatch(one -> one.test(namespace)))
                && excluded.stream().noneMatch(one -> one.test(namespace));
    return object -> {
      var metadata = object.path("metadata");
      return (!type.namespaced() || inNamespace.test(metadata.path("namespace").asText("")))
          && (selector.isEmpty() || selector.get().matches(labels(metadata)));
    };
  }

  private static Map<String, String> labels(JsonNode metadata) {
    var labels = new HashMap<String, String>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    return labels;
  }

  private boolean isNeededWhole(ResourceType type) {
    boolean describes = items.stream().anyMatch(ItemSpec.NodeDescribe.class::isInstance);
    if (type.equals(ResourceType.PODS)) {
      return describes || items.stream().anyMatch(ItemSpec.PodLogs.class::isInstance);
    }
    return describes && (type.equals(ResourceType.EVENTS) || type.equals(ResourceType.LEASES));
  }
}
