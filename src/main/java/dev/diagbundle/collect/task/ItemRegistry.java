package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.RedactionException;
import org.jspecify.annotations.Nullable;

/// The registry of the planned items of a run and their outcomes: an item is planned once and ends
/// once. Safe for use by many threads.
public final class ItemRegistry {
  private final Progress.Listener progress;
  private final Redaction redaction;
  private final ClusterPlace place;
  private final LinkedHashMap<String, Row> rows = new LinkedHashMap<>();
  private boolean closed;

  /// The outcome of nearly all items.
  private static final Outcome COLLECTED = new Outcome.Collected();

  /// One item. A large cluster has 100,000 of them, so they are small: a name that is the end of
  /// the id is not kept twice.
  private static final class Row {
    private final String id;
    private final ItemKind kind;
    private final String node;
    private final @Nullable String otherName;
    private final int nameLength;
    private @Nullable Outcome outcome;
    private long received;
    private long tookNanos;

    Row(String id, ItemKind kind, String node, String name) {
      this.id = id;
      this.kind = kind;
      this.node = node;
      this.otherName = id.endsWith(name) ? null : name;
      this.nameLength = name.length();
    }

    String name() {
      return otherName == null ? id.substring(id.length() - nameLength) : otherName;
    }

    Item item(Outcome whenOpen, ClusterPlace place) {
      return new Item(
          place.item(id),
          kind,
          node,
          name(),
          outcome == null ? whenOpen : outcome,
          received,
          Duration.ofNanos(tookNanos),
          place.folder());
    }
  }

  /// A registry for a bundle of one cluster.
  public ItemRegistry(Progress.Listener progress, Redaction redaction) {
    this(progress, redaction, ClusterPlace.TOP);
  }

  /// @param redaction of the text of outcomes, which may quote the cluster
  /// @param place of the cluster whose items these are; ids are within it
  public ItemRegistry(Progress.Listener progress, Redaction redaction, ClusterPlace place) {
    this.progress = progress;
    this.redaction = redaction;
    this.place = place;
  }

  /// Plans an item.
  ///
  /// @return false if an item with this id is planned already: then it is the same item; or if the
  ///   registry is closed
  public boolean plan(String id, ItemKind kind, String node, String name) {
    synchronized (this) {
      if (closed || rows.containsKey(id)) {
        return false;
      }
      rows.put(id, new Row(id, kind, node, name));
    }
    progress.on(new Progress.Planned(id, kind, node, name));
    return true;
  }

  /// Counts bytes of responses read for an item; ids that were never planned are ignored.
  public synchronized void received(String id, long bytes) {
    var row = closed ? null : rows.get(id);
    if (row != null) {
      row.received += bytes;
    }
  }

  /// Ends an item. The first end counts; an abandoned task may still return.
  public void end(String id, Outcome said, Duration took) {
    var outcome = said.withWords(redacted(said.words()));
    Row row;
    synchronized (this) {
      if (closed) {
        return;
      }
      row = rows.get(id);
      if (row == null) {
        throw new IllegalStateException("item was never planned: " + id);
      }
      if (row.outcome != null) {
        return;
      }
      row.outcome = outcome.equals(COLLECTED) ? COLLECTED : outcome;
      row.tookNanos = took.toNanos();
    }
    progress.on(new Progress.ItemEnded(id, row.node, outcome, row.received));
  }

  /// The text without secrets.
  public String redacted(String words) {
    try {
      return redaction.text(words);
    } catch (RedactionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Closes the registry: items that are planned or end from now on are ignored. Called once.
  ///
  /// @param whyOpen cause of cancellation for the items that have not ended
  /// @return all items, in the order of planning; each is released once taken, as the manifest
  ///   needs the memory
  public Stream<Item> close(String whyOpen) {
    synchronized (this) {
      closed = true;
    }
    var whenOpen = new Outcome.Cancelled(whyOpen);
    return Stream.generate(() -> Optional.ofNullable(rows.pollFirstEntry()))
        .takeWhile(Optional::isPresent)
        .map(row -> row.get().getValue().item(whenOpen, place));
  }
}
