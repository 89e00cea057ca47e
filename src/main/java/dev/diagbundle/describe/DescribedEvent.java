package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Interner;

/// The fields of a core event that descriptions need. A repeated event is counted, either in itself
/// or in its series.
///
/// @param namespace the event's own; events of objects without one are in `default`
/// @param source the component that reports it
/// @param eventTime time of its first occurrence in the newer API; otherwise year one
/// @param first time of its first occurrence; year one if unknown
/// @param last time of its last occurrence; year one if unknown
/// @param count number of occurrences
public record DescribedEvent(
    String namespace,
    Subject subject,
    String type,
    String reason,
    String source,
    String message,
    Instant eventTime,
    Instant first,
    Instant last,
    long count,
    Optional<Series> series) {

  /// The object of an event.
  ///
  /// @param field the part of the object, for example `spec.containers{app}`; empty if the whole
  public record Subject(String kind, String namespace, String name, String uid, String field) {
    /// Returns whether this is the node of this name. Kubelets write the name for the UID.
    public boolean isNode(String nodeName, String nodeUid) {
      return kind.equals("Node")
          && namespace.isEmpty()
          && name.equals(nodeName)
          && (uid.equals(nodeUid) || uid.equals(nodeName));
    }

    /// Returns whether this is an object of a kind; one without a UID is identified by its name.
    boolean is(String objectKind, JsonNode object) {
      var objectUid = TypedFields.text(object, "metadata", "uid");
      return kind.equals(objectKind)
          && name.equals(TypedFields.text(object, "metadata", "name"))
          && namespace.equals(TypedFields.text(object, "metadata", "namespace"))
          && (objectUid.isEmpty() || uid.equals(objectUid));
    }

    /// Returns whether this is the object of this name in this namespace, of any kind.
    public boolean is(String ownNamespace, String ownName, String ownUid) {
      return namespace.equals(ownNamespace) && name.equals(ownName) && uid.equals(ownUid);
    }
  }

  /// Repetitions in the newer API.
  ///
  /// @param last time at which it was last seen; year one if unknown
  public record Series(long count, Instant last) {}

  /// Extracts the needed fields of an event of the core API; the JSON is not retained.
  public static DescribedEvent of(JsonNode event, Interner pool) {
    var object = event.path("involvedObject");
    var subject =
        new Subject(
            pool.shared(TypedFields.text(object, "kind")),
            pool.shared(TypedFields.text(object, "namespace")),
            pool.shared(TypedFields.text(object, "name")),
            pool.shared(TypedFields.text(object, "uid")),
            pool.shared(TypedFields.text(object, "fieldPath")));
    var component = TypedFields.text(event, "source", "component");
    return new DescribedEvent(
        pool.shared(TypedFields.text(event, "metadata", "namespace")),
        pool.shared(subject),
        pool.shared(TypedFields.text(event, "type")),
        pool.shared(TypedFields.text(event, "reason")),
        pool.shared(
            component.isEmpty() ? TypedFields.text(event, "reportingComponent") : component),
        pool.shared(GoText.trim(TypedFields.text(event, "message"))),
        pool.shared(Times.of(event.path("eventTime"))),
        pool.shared(Times.of(event.path("firstTimestamp"))),
        pool.shared(Times.of(event.path("lastTimestamp"))),
        TypedFields.number(event, "count"),
        event.path("series").isObject()
            ? Optional.of(
                new Series(
                    TypedFields.number(event, "series", "count"),
                    pool.shared(Times.of(TypedFields.at(event, "series", "lastObservedTime")))))
            : Optional.empty());
  }

  /// The last time it was seen, from the best time field; year one if by none.
  public Instant lastSeen() {
    if (series.isPresent()) {
      return series.get().last();
    }
    if (!last.equals(Times.ZERO)) {
      return last;
    }
    return eventTime.equals(Times.ZERO) ? first : eventTime;
  }

  /// The age that kubectl shows, with the number of times and since when: `5m (x7 over 10m)`.
  String age(Viewpoint viewpoint) {
    var begun = viewpoint.age(eventTime.equals(Times.ZERO) ? first : eventTime);
    if (series.isPresent()) {
      var last = viewpoint.age(series.get().last());
      return last + " (x" + series.get().count() + " over " + begun + ")";
    }
    return count > 1 ? viewpoint.age(last) + " (x" + count + " over " + begun + ")" : begun;
  }
}
