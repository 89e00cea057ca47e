package dev.diagbundle.collect;

import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// Events of all namespaces, as objects and as a table in the order of time.
final class EventsSource implements Source<ItemSpec.Events> {
  @Override
  public Class<ItemSpec.Events> spec() {
    return ItemSpec.Events.class;
  }

  /// Begins with the events, before anything else is listed: they are gone first.
  static void begin(List<ItemSpec> items, Lists lists) {
    boolean wanted =
        items.stream()
            .anyMatch(
                item -> item instanceof ItemSpec.Events || item instanceof ItemSpec.NodeDescribe);
    if (wanted) {
      lists.require(ResourceType.EVENTS);
    }
  }

  @Override
  public void plan(ItemSpec.Events spec, Planner planner) {
    planner.list(ResourceType.EVENTS);
  }

  @Override
  public void needs(ItemSpec.Events spec, ItemNeeds needs) {
    needs.lists(List.of(ResourceType.EVENTS));
  }
}
