package dev.diagbundle.collect;

import dev.diagbundle.profile.ItemSpec;

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
}
