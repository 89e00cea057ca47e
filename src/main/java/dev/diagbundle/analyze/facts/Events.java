package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;

/// The events that rules subscribed to, merged if they have the same cause and object.
public final class Events {
  /// The maximum number of groups; later ones are dropped and counted.
  private static final int MAX_GROUPS = 5_000;

  private final Map<Key, Merged> merged = new LinkedHashMap<>();
  private final Set<String> reasons;
  private final Interner pool;
  private long dropped;

  private record Key(String reason, String object, String cause) {}

  private static final class Merged {
    private EventFact newest;
    private long count;
    private int objects;
    private Instant first;

    Merged(EventFact event) {
      this.newest = event;
      this.first = event.first();
    }
  }

  public Events(Set<String> reasons, Interner pool) {
    this.reasons = Set.copyOf(reasons);
    this.pool = pool;
  }

  /// The events of these reasons, in the order of their objects and causes.
  public List<EventFact> of(String... wanted) {
    var set = Set.of(wanted);
    var found = new ArrayList<EventFact>();
    for (var entry : merged.entrySet()) {
      if (set.contains(entry.getKey().reason)) {
        found.add(fact(entry.getValue()));
      }
    }
    found.sort(
        Comparator.comparing(EventFact::object)
            .thenComparing(EventFact::reason)
            .thenComparing(EventFact::cause)
            .thenComparing(EventFact::uid));
    return found;
  }

  /// The number of event objects that were dropped.
  public long dropped() {
    return dropped;
  }

  public void add(SourceObject seen) {
    var tree = seen.tree();
    var reason = Fields.text(tree, "reason");
    if (!reasons.contains(reason)) {
      return;
    }
    var about = tree.path(tree.has("regarding") ? "regarding" : "involvedObject");
    var name =
        new ObjectName(
            pool.shared(Fields.text(about, "kind")),
            pool.shared(Fields.text(about, "namespace")),
            pool.shared(Fields.text(about, "name")));
    var message = Fields.text(tree, tree.has("note") ? "note" : "message").strip();
    var uid = Fields.text(about, "uid");
    var cause = pool.shared(CauseNormalizer.of(message, name.name(), name.namespace(), uid));
    var event =
        new EventFact(
            pool.shared(reason),
            Fields.text(tree, "type").equals("Warning"),
            name,
            uid,
            pool.shared(component(seen)),
            pool.shared(Fields.text(tree, "source", "host")),
            cause,
            message,
            count(seen),
            1,
            first(seen),
            last(seen),
            seen.evidence(message));
    var key = new Key(event.reason(), name.kind() + " " + (uid.isEmpty() ? name : uid), cause);
    var group = merged.get(key);
    if (group == null) {
      if (merged.size() >= MAX_GROUPS) {
        dropped++;
        return;
      }
      group = new Merged(event);
      merged.put(key, group);
    }
    group.count += event.count();
    group.objects++;
    group.first = event.first().isBefore(group.first) ? event.first() : group.first;
    group.newest = event.last().isAfter(group.newest.last()) ? event : group.newest;
  }

  /// The number of occurrences of the event, which may be in three places.
  public static long count(SourceObject event) {
    long series = Fields.number(event.tree(), "series", "count");
    return Math.max(1, series > 0 ? series : Fields.number(event.tree(), "count"));
  }

  /// The time of the last occurrence. The scheduler's events have neither of the first two fields.
  public static Instant last(SourceObject event) {
    var tree = event.tree();
    return Fields.time(tree, "series", "lastObservedTime")
        .or(() -> Fields.time(tree, "lastTimestamp"))
        .or(() -> Fields.time(tree, "deprecatedLastTimestamp"))
        .or(() -> Fields.time(tree, "eventTime"))
        .or(() -> Fields.time(tree, "metadata", "creationTimestamp"))
        .orElse(Instant.EPOCH);
  }

  /// The component that reported it; empty for combined events of old reporters.
  public static String component(SourceObject event) {
    var source = Fields.text(event.tree(), "source", "component");
    return source.isEmpty() ? Fields.text(event.tree(), "reportingComponent") : source;
  }

  private static Instant first(SourceObject event) {
    return Fields.time(event.tree(), "firstTimestamp")
        .or(() -> Fields.time(event.tree(), "eventTime"))
        .orElseGet(() -> last(event));
  }

  private static EventFact fact(Merged group) {
    var newest = group.newest;
    return new EventFact(
        newest.reason(),
        newest.warning(),
        newest.object(),
        newest.uid(),
        newest.component(),
        newest.node(),
        newest.cause(),
        newest.message(),
        group.count,
        group.objects,
        group.first,
        newest.last(),
        newest.evidence());
  }
}
