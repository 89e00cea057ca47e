package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;

/// The reading of one type's list, object by object: into the bundle, into an index, and of events
/// also into `events.txt`. Used once, by one thread.
final class ListReading {
  private final ResourceType type;
  private final TaskScope scope;
  private final TimeWindow window;
  private final TimeWindow events;
  private final Predicate<JsonNode> inChoice;
  private final boolean managedFields;
  private final Consumer<JsonNode> index;
  private final EventTimeline timeline = new EventTimeline();

  /// The result of reading a list.
  ///
  /// @param whole true if no requested object is missing
  record Result(Outcome outcome, boolean whole) {}

  /// @param window of the run
  /// @param events window of events, which may have no end
  /// @param inChoice test for the objects that are kept
  /// @param managedFields true if objects keep their managed fields
  /// @param index consumer of each object, kept or not, before it is cleaned
  ListReading(
      ResourceType type,
      TaskScope scope,
      TimeWindow window,
      TimeWindow events,
      Predicate<JsonNode> inChoice,
      boolean managedFields,
      Consumer<JsonNode> index) {
    this.type = type;
    this.scope = scope;
    this.window = window;
    this.events = events;
    this.inChoice = inChoice;
    this.managedFields = managedFields;
    this.index = index;
  }

  /// Reads the type in each of the namespaces.
  ///
  /// @param namespaces to list; an empty one is the whole cluster
  /// @throws RequestFailedException if the server refuses them all
  /// @throws ObjectList.BrokenListException if a list broke off; the objects read from it and from
  ///   the others are in the bundle
  Result read(List<String> namespaces) throws IOException, InterruptedException {
    var refused = new ArrayList<RequestFailedException>();
    var broken = new ArrayList<ObjectList.BrokenListException>();
    try (var files = new ObjectFiles(scope, type, managedFields, window.to())) {
      for (String namespace : namespaces) {
        try {
          read(namespace, files);
        } catch (ObjectList.BrokenListException e) {
          broken.add(e);
        } catch (RequestFailedException e) {
          // Rights are granted by namespace: the objects of the others are still needed.
          refused.add(e);
        }
      }
      files.finish();
      writeTimeline();
      if (!broken.isEmpty()) {
        throw broken.getFirst();
      }
      if (!refused.isEmpty()) {
        return new Result(refused(refused, namespaces.size()), false);
      }
      if (files.misplaced() > 0) {
        return new Result(
            new Outcome.Partial(
                Reason.INVALID_ANSWER, files.misplaced() + " objects were not sorted by namespace"),
            true);
      }
      return new Result(new Outcome.Collected(), true);
    }
  }

  private void read(String namespace, ObjectFiles files) throws IOException, InterruptedException {
    if (!type.equals(ResourceType.EVENTS)) {
      list(type, namespace, object -> take(object, files));
      return;
    }
    try {
      list(type, namespace, event -> takeEvent(event, files));
    } catch (RequestFailedException e) {
      if (e.reason() != Reason.FORBIDDEN && e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      readNewEvents(namespace, files, e);
    }
  }

  /// Reads the events from the other group: rights to the two groups are granted separately.
  private void readNewEvents(String namespace, ObjectFiles files, RequestFailedException refusal)
      throws IOException, InterruptedException {
    try {
      list(ResourceType.NEW_EVENTS, namespace, event -> takeEvent(CoreEvent.of(event), files));
    } catch (RequestFailedException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }

  private void list(ResourceType listed, String namespace, ObjectList.Visitor visitor)
      throws IOException, InterruptedException {
    ObjectList.read(scope.cluster(), listed.path(namespace), scope.caller(), visitor);
  }

  private void takeEvent(JsonNode event, ObjectFiles files) throws IOException {
    var seen = CoreEvent.lastSeen(event).orElse(window.to());
    var written = CoreEvent.lastWritten(event).orElse(window.to());
    boolean begun = CoreEvent.firstSeen(event).map(events.to()::isAfter).orElse(true);
    if (written.isBefore(events.from()) || !begun) {
      // Outside the window, but kubectl would show it with its object.
      index.accept(event);
    } else if (take(event, files)) {
      timeline.add(event, seen);
    }
  }

  private boolean take(JsonNode object, ObjectFiles files) throws IOException {
    index.accept(object);
    if (!inChoice.test(object)) {
      return false;
    }
    files.add(object);
    return true;
  }

  private void writeTimeline() throws IOException {
    if (timeline.isEmpty()) {
      return;
    }
    Instant modified = window.to();
    try (var entry = scope.entry(EntryPath.of("events.txt"), modified, Long.MAX_VALUE)) {
      var writer = new OutputStreamWriter(entry, StandardCharsets.UTF_8);
      timeline.writeTo(writer);
      writer.flush();
      entry.commit();
    }
  }

  private Outcome refused(List<RequestFailedException> refused, int asked)
      throws RequestFailedException {
    var first = refused.getFirst();
    if (refused.size() < asked) {
      return new Outcome.Partial(
          first.reason(),
          refused.size() + " of " + asked + " namespaces are missing: " + first.getMessage());
    }
    if (first.reason() == Reason.NOT_FOUND) {
      return new Outcome.Skipped(Reason.NOT_FOUND, "the cluster has no " + type.name());
    }
    throw first;
  }
}
