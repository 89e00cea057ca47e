package dev.diagbundle.collect;

import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// Events of all namespaces, as objects.
final class EventsSource implements Source<ItemSpec.Events> {
  @Override
  public Class<ItemSpec.Events> spec() {
    return ItemSpec.Events.class;
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
