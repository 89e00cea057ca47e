package dev.diagbundle.collect.source;

import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// The source of the events of all namespaces, as objects and as a table in the order of time.
public final class EventsSource implements Source<ItemSpec.Events> {
  @Override
  public Class<ItemSpec.Events> spec() {
    return ItemSpec.Events.class;
  }

  /// Starts with the events, before anything else is listed: they expire first.
  public static void begin(List<ItemSpec> items, Lists lists) {
    boolean wanted =
        items.stream()
            .anyMatch(item ->
                item instanceof ItemSpec.Events
                    || item instanceof ItemSpec.NodeDescribe
                    || item instanceof ItemSpec.Describe);
    if (wanted) {
      lists.require(ResourceType.EVENTS);
    }
  }

  @Override
  public void plan(ItemSpec.Events spec, Planner planner) {
    planner.lists().require(ResourceType.EVENTS);
  }

  @Override
  public void needs(ItemSpec.Events spec, ItemRights needs) {
    needs.lists(List.of(ResourceType.EVENTS));
  }
}
