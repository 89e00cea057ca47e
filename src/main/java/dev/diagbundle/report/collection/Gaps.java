package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;

/// The items that were not fully collected, grouped by cause: by remedy, and by the message of the
/// source without its names and numbers.
public final class Gaps {
  /// In the order of the page.
  public enum Standing {
    /// Missing or truncated, and fixable.
    FIXABLE,
    /// Missing or truncated, as expected in the state of the cluster.
    EXPECTED,
    /// Not missing: there was nothing to collect.
    NOTHING
  }

  private record Key(Standing standing, GapCause remedy, String said) {}

  private final Map<Key, Gap> groups = new LinkedHashMap<>();
  private final Map<String, Gap> gapOfItem = new HashMap<>();
  private final List<Gap> ordered;

  public Gaps(List<Item> items) {
    for (var item : items) {
      var state = ItemState.of(item.outcome());
      if (state != ItemState.OK) {
        add(item, state);
      }
    }
    this.ordered =
        groups.values().stream()
            .sorted(
                Comparator.comparing(Gap::standing)
                    .thenComparing(Gap::count, Comparator.reverseOrder())
                    .thenComparing(Gap::remedy)
                    .thenComparing(Gap::said))
            .toList();
    for (int i = 0; i < ordered.size(); i++) {
      ordered.get(i).number = i + 1;
    }
  }

  /// In the order of the page.
  public List<Gap> all() {
    return ordered;
  }

  /// The link to the explanation of an incomplete item in the page.
  public Href explanation(Item item) {
    var gap = gapOfItem.get(item.id());
    if (gap == null || gap.number > CompletenessSection.MAX_REASONS) {
      return Href.anchor("completeness");
    }
    return Href.anchor(gap.id());
  }

  /// The number of items with the standing.
  long count(Standing standing) {
    return ordered.stream().filter(gap -> gap.standing() == standing).mapToLong(Gap::count).sum();
  }

  private void add(Item item, ItemState state) {
    var remedy = GapCause.of(item);
    var standing =
        state == ItemState.NA
            ? Standing.NOTHING
            : remedy.fixable() ? Standing.FIXABLE : Standing.EXPECTED;
    var said = item.outcome().words();
    var names = new ArrayList<>(List.of(item.node(), item.name()));
    names.addAll(List.of(item.name().split("/")));
    var form = CauseNormalizer.of(said, names.toArray(String[]::new));
    var gap =
        groups.computeIfAbsent(
            new Key(standing, remedy, form), _ -> new Gap(standing, remedy, said));
    gap.add(item, said);
    gapOfItem.put(item.id(), gap);
  }

  /// One reason and its items.
  public static final class Gap {
    private final Standing standing;
    private final GapCause remedy;
    private final String said;
    private final SortedMap<ItemKind, Integer> kinds = new TreeMap<>();
    private final SortedSet<String> nodes = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
    private final List<Item> samples = new ArrayList<>();
    private int number;
    private int count;
    private boolean varies;

    private Gap(Standing standing, GapCause remedy, String said) {
      this.standing = standing;
      this.remedy = remedy;
      this.said = said;
    }

    private void add(Item item, String words) {
      count++;
      varies |= !words.equals(said);
      kinds.merge(item.kind(), 1, Integer::sum);
      if (!item.node().isEmpty()) {
        nodes.add(item.node());
        places.add(item.cluster().isEmpty() ? item.node() : item.cluster() + "/" + item.node());
      }
      if (samples.size() < CompletenessSection.MAX_ITEMS) {
        samples.add(item);
      }
    }

    public String id() {
      return "R" + number;
    }

    public Standing standing() {
      return standing;
    }

    GapCause remedy() {
      return remedy;
    }

    public int count() {
      return count;
    }

    String said() {
      return said;
    }

    boolean varies() {
      return varies;
    }

    Map<ItemKind, Integer> kinds() {
      return kinds;
    }

    SortedSet<String> nodes() {
      return nodes;
    }

    List<Item> samples() {
      return samples;
    }

    public String title() {
      var where =
          places.size() <= 1 ? String.join("", places) : TextFormat.count(places.size(), "node");
      var what =
          kinds.size() == 1
              ? ItemNames.counted(count, kinds.firstKey())
              : TextFormat.count(count, "item");
      return remedy.title(where, what);
    }
  }
}
