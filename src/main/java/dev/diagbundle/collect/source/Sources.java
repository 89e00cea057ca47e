package dev.diagbundle.collect.source;

import dev.diagbundle.profile.ItemSpec;
import java.util.List;

/// The registry of sources.
public final class Sources {
  private static final List<Source<?>> ALL =
      List.of(
          new EventsSource(),
          new DescribeSource(),
          new NodeDescribeSource(),
          new ClusterDumpSource(),
          new PodLogsSource(),
          new NodeLogsSource(),
          new KubeletSource(),
          new NodeFilesSource(),
          new ApiPathsSource());

  private Sources() {}

  static List<Source<?>> all() {
    return ALL;
  }

  /// Plans the items in the order of the registry: data that expires first is requested first.
  public static void plan(List<ItemSpec> items, Planner planner) {
    items.stream()
        .filter(ItemSpec.PodLogs.class::isInstance)
        .forEach(item -> planner.podLogs().expect());
    for (Source<?> source : ALL) {
      items.forEach(item -> plan(source, item, planner));
    }
  }

  /// Declares the rights that the item needs.
  static void needs(ItemSpec item, RequiredRights needs) throws InterruptedException {
    for (Source<?> source : ALL) {
      needs(source, item, needs);
    }
  }

  private static <S extends ItemSpec> void needs(
      Source<S> source, ItemSpec item, RequiredRights needs) throws InterruptedException {
    if (source.spec().isInstance(item)) {
      source.needs(source.spec().cast(item), needs.of(item));
    }
  }

  private static <S extends ItemSpec> void plan(Source<S> source, ItemSpec item, Planner planner) {
    if (source.spec().isInstance(item)) {
      source.plan(source.spec().cast(item), planner);
    }
  }
}
