package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;

/// The inputs that are present or missing in a bundle, by its manifest and its entries.
public final class InputAvailability {
  /// The usage of nodes and pods has their plural names, and is neither.
  private static final String USAGE = ".metrics.k8s.io";

  private final String prefix;
  private final Map<String, List<Item>> dumps;
  private final TreeSet<String> paths = new TreeSet<>();
  private final TreeMap<String, String> unread = new TreeMap<>();

  /// @param prefix the folder of the cluster, which ends in `/`; empty if there is none
  public InputAvailability(Manifest manifest, String prefix) {
    this.prefix = prefix;
    this.dumps = dumps(manifest, prefix);
    for (Entry entry : manifest.entries()) {
      paths.add(entry.path().value());
    }
  }

  /// Records that a file could not be read to its end; `why` continues a sentence that begins with
  /// its path.
  public void unread(String path, String why) {
    unread.put(path, why);
  }

  /// The reason why the input is missing, in words; empty if it is present.
  Optional<String> missing(CheckInput input) {
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

  private List<Item> items(CheckInput input) {
    if (input.item().isEmpty() || input.item().endsWith("/")) {
      return List.of();
    }
    var name = name(input.item());
    // Kinds of one name in several groups: a name with a group means that one.
    return dumps.getOrDefault(name, List.of()).stream()
        .filter(item -> name.equals(input.item()) || key(item).equals(input.item()))
        .toList();
  }

  /// The name without its group, except for the usage of nodes and pods.
  private static String name(String item) {
    int dot = item.indexOf('.');
    return dot < 0 || item.endsWith(USAGE) ? item : item.substring(0, dot);
  }

  /// The items by their names in inputs: `clusterDump/deployments` for that of `deployments.apps`.
  private static Map<String, List<Item>> dumps(Manifest manifest, String prefix) {
    var dumps = new HashMap<String, List<Item>>();
    for (Item item : manifest.items()) {
      // Items of nodes and of logs are many, and no input is one of them.
      if (item.node().isEmpty() && item.id().startsWith(prefix) && !isPodLog(item)) {
        dumps.computeIfAbsent(name(key(item)), _ -> new ArrayList<>()).add(item);
      }
    }
    return dumps;
  }

  private static String key(Item item) {
    return item.kind().label() + "/" + item.name();
  }

  private static boolean isPodLog(Item item) {
    return item.kind() == ItemKind.POD_LOGS;
  }

  /// All paths that start with this text.
  public Set<String> below(String start) {
    return paths.subSet(start, start + Character.MAX_VALUE);
  }

  private boolean isThere(String wanted) {
    return !below(wanted).isEmpty();
  }

  private static String words(Outcome outcome) {
    var reason = outcome.why().map(why -> why.label()).orElse(outcome.label());
    return outcome.words().isEmpty() ? reason : reason + ", " + outcome.words();
  }
}
