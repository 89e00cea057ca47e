package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.truncate.Truncation;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The items whose outcomes record the data that was truncated by the limit of the bundle: its size
/// and its time span.
final class TruncatedItems {
  private TruncatedItems() {}

  /// The items, with truncations recorded in their outcomes.
  ///
  /// @param limit in words, for example `the bundle's limit of 1 GB`
  static List<Item> of(List<Item> items, List<Truncation> cuts, String limit) {
    if (cuts.isEmpty()) {
      return items;
    }
    Map<String, List<Truncation>> byItem = new HashMap<>();
    for (Truncation cut : cuts) {
      byItem.computeIfAbsent(cut.item(), _ -> new ArrayList<>()).add(cut);
    }
    return Manifest.packed(
        items.stream()
            .map(item -> {
              var missing = Optional.ofNullable(byItem.get(item.id()));
              return missing.isEmpty() ? item : told(item, missing.get(), limit);
            }));
  }

  private static Item told(Item item, List<Truncation> cuts, String limit) {
    var words = words(cuts, limit);
    boolean nothing = cuts.stream().noneMatch(cut -> cut.kept() || cut.hasOthers());
    return item.withOutcome(
        nothing ? new Outcome.Skipped(Reason.LIMIT, words) : told(item.outcome(), words));
  }

  private static Outcome told(Outcome outcome, String words) {
    var all = outcome.words().isEmpty() ? words : outcome.words() + "; " + words;
    return outcome instanceof Outcome.Collected
        ? new Outcome.Partial(Reason.LIMIT, all)
        : outcome.withWords(all);
  }

  private static String words(List<Truncation> cuts, String limit) {
    if (cuts.size() > 1) {
      return several(cuts, limit);
    }
    var cut = cuts.getFirst();
    var missing = cut.missing();
    var times = missing.from().isEmpty() ? "" : ", " + missing.from() + " to " + missing.to();
    if (!cut.kept()) {
      return String.format(
          "omitted because of %s: %,d lines, %,d bytes%s",
          limit, missing.lines(), missing.bytes(), times);
    }
    return String.format(
        "truncated because of %s: %,d of %,d lines omitted (%,d of %,d bytes%s); the newest lines"
            + " and those around the first and newest error are kept",
        limit, missing.lines(), cut.lines(), missing.bytes(), cut.bytes(), times);
  }

  private static String several(List<Truncation> cuts, String limit) {
    long lines = cuts.stream().mapToLong(cut -> cut.missing().lines()).sum();
    long bytes = cuts.stream().mapToLong(cut -> cut.missing().bytes()).sum();
    return String.format(
        "truncated because of %s: %,d of its files are truncated or omitted, %,d lines, %,d"
            + " bytes%s",
        limit, cuts.size(), lines, bytes, span(cuts));
  }

  /// The span from the first to the last timestamp, if all have timestamps that sort by time.
  private static String span(List<Truncation> cuts) {
    var from = cuts.stream().map(cut -> cut.missing().from()).min(Comparator.naturalOrder());
    var to = cuts.stream().map(cut -> cut.missing().to()).max(Comparator.naturalOrder());
    boolean comparable = cuts.stream().allMatch(cut -> cut.missing().from().startsWith("2"));
    return comparable && from.isPresent() ? ", " + from.get() + " to " + to.orElse("") : "";
  }
}
