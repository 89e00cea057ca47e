package dev.diagbundle.collect;

import dev.diagbundle.bundle.ClusterPlace;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.RedactionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The planned items of a run and what has become of each: an item is planned once and ends once.
/// Safe for use by many threads.
final class Ledger {
  private final Progress.Listener progress;
  private final Redaction redaction;
  private final ClusterPlace place;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private static final class Row {
    private final String id;
    private final String kind;
    private final String node;
    private final String name;
    private Optional<Outcome> outcome = Optional.empty();
    private long received;
    private Duration took = Duration.ZERO;

    Row(String id, String kind, String node, String name) {
      this.id = id;
      this.kind = kind;
      this.node = node;
      this.name = name;
    }

    Item item(Outcome whenOpen, ClusterPlace place) {
      return new Item(
          place.item(id),
          kind,
          node,
          name,
          outcome.orElse(whenOpen),
          received,
          took,
          place.folder());
    }
  }

  /// A ledger for a bundle of one cluster.
  Ledger(Progress.Listener progress, Redaction redaction) {
    this(progress, redaction, ClusterPlace.TOP);
  }

  /// @param redaction of what outcomes say: they may quote the cluster
  /// @param place of the cluster whose items these are; ids are within it
  Ledger(Progress.Listener progress, Redaction redaction, ClusterPlace place) {
    this.progress = progress;
    this.redaction = redaction;
    this.place = place;
  }

  /// Plans an item.
  ///
  /// @return false if an item with this id is planned already: then it is the same thing
  boolean plan(String id, String kind, String node, String name) {
    synchronized (this) {
      if (rows.containsKey(id)) {
        return false;
      }
      rows.put(id, new Row(id, kind, node, name));
    }
    progress.on(new Progress.Planned(id, kind, node, name));
    return true;
  }

  /// Counts bytes of answers read for an item; ids that were never planned are passed over.
  synchronized void received(String id, long bytes) {
    var row = rows.get(id);
    if (row != null) {
      row.received += bytes;
    }
  }

  /// Ends an item. The first end counts; a task that was given up on may still come back.
  void end(String id, Outcome said, Duration took) {
    var outcome = redacted(said);
    Row row;
    synchronized (this) {
      row = rows.get(id);
      if (row == null) {
        throw new IllegalStateException("item was never planned: " + id);
      }
      if (row.outcome.isPresent()) {
        return;
      }
      row.outcome = Optional.of(outcome);
      row.took = took;
    }
    progress.on(new Progress.Ended(id, row.node, outcome, row.received));
  }

  private Outcome redacted(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Collected(String words) -> new Outcome.Collected(redacted(words));
      case Outcome.Partial(Reason why, String words) -> new Outcome.Partial(why, redacted(words));
      case Outcome.Skipped(Reason why, String words) -> new Outcome.Skipped(why, redacted(words));
      case Outcome.Failed(Reason why, String words) -> new Outcome.Failed(why, redacted(words));
      case Outcome.Cancelled(String words) -> new Outcome.Cancelled(redacted(words));
    };
  }

  /// The words without secrets.
  String redacted(String words) {
    try {
      return redaction.text(words);
    } catch (RedactionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// All items, in the order of planning; those that have not ended count as cancelled.
  synchronized List<Item> items(String whyOpen) {
    var items = new ArrayList<Item>(rows.size());
    rows.values().forEach(row -> items.add(row.item(new Outcome.Cancelled(whyOpen), place)));
    return items;
  }
}
