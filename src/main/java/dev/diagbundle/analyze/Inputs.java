package dev.diagbundle.analyze;

import dev.diagbundle.bundle.Entry;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.model.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is in a bundle and what is missing, by its manifest and its entries.
final class Inputs {
  private final Manifest manifest;
  private final String prefix;
  private final TreeSet<String> paths = new TreeSet<>();
  private final TreeMap<String, String> unread = new TreeMap<>();

  /// @param prefix the folder of the cluster, which ends in `/`, or nothing
  Inputs(Manifest manifest, String prefix) {
    this.manifest = manifest;
    this.prefix = prefix;
    for (Entry entry : manifest.entries()) {
      paths.add(entry.path().value());
    }
  }

  /// A file could not be read to its end; `why` continues a sentence that begins with its path.
  void unread(String path, String why) {
    unread.put(path, why);
  }

  /// Why the input is missing, in words; empty if it is there.
  Optional<String> missing(Input input) {
    var wanted = prefix + input.path();
    var first = unread.ceilingEntry(wanted);
    if (first != null && first.getKey().startsWith(wanted)) {
      return Optional.of(input.name() + ": " + first.getKey() + " " + first.getValue());
    }
    var items = items(input);
    for (Item item : items) {
      if (item.outcome().leavesGap()) {
        return Optional.of(input.name() + ": " + words(item.outcome()));
      }
    }
    // An item without a gap may have found nothing at all: then there is nothing.
    if (!items.isEmpty() || isThere(wanted)) {
      return Optional.empty();
    }
    return Optional.of(input.name() + ": not collected");
  }

  private List<Item> items(Input input) {
    if (input.item().isEmpty() || input.item().endsWith("/")) {
      return List.of();
    }
    return manifest.items().stream()
        .filter(item ->
            item.id().equals(prefix + input.item())
                || item.id().startsWith(prefix + input.item() + "."))
        .toList();
  }

  private boolean isThere(String wanted) {
    var found = paths.ceiling(wanted);
    return found != null && found.startsWith(wanted);
  }

  private static String words(Outcome outcome) {
    var reason = outcome.why().map(why -> why.label()).orElse(outcome.label());
    return outcome.words().isEmpty() ? reason : reason + ", " + outcome.words();
  }
}
