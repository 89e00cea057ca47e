package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.ItemKind;

/// The time at which the server returned each entry: the `Date` of the response, never the clock of
/// the reader of the bundle. Ages are measured against it.
public final class ServerDates {
  private static final int MAX_ITEMS = 5_000;

  private final Map<String, Instant> dates = new HashMap<>();
  private final Map<String, String> items = new HashMap<>();
  private final Instant otherwise;

  public ServerDates(Manifest manifest, String prefix) {
    this.otherwise =
        manifest
            .run()
            .clusterBelow(prefix)
            .map(Manifest.Part::started)
            .orElse(manifest.run().started());
  }

  /// Adds a request: its item, and the `Date` of its response. If there are several for one item,
  /// the last counts.
  public void add(String item, String date) {
    // Logs are many, and no object is in them.
    if (item.isEmpty() || date.isEmpty() || item.contains(ItemKind.POD_LOGS.label() + "/")) {
      return;
    }
    try {
      var at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      if (dates.size() < MAX_ITEMS || dates.containsKey(item)) {
        dates.merge(item, at, (a, b) -> a.isAfter(b) ? a : b);
      }
    } catch (DateTimeException _) {
      // A date in another format is ignored.
      return;
    }
  }

  public void know(Entry entry) {
    if (dates.containsKey(entry.item())) {
      items.put(entry.path().value(), entry.item());
    }
  }

  public Instant at(String path) {
    var item = items.get(path);
    return item == null ? otherwise : dates.getOrDefault(item, otherwise);
  }
}
