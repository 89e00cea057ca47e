package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.Caller;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Lists each type of objects once, whoever asks for it: into the bundle, and into the [Inventory].
/// What needs lists that are under way is planned when they have ended. Safe for use by many
/// threads.
final class Lists {
  private final TaskExecutor executor;
  private final Inventory inventory;
  private final TimeWindow window;
  private final List<String> namespaces;
  private final NamespaceChoice choice;
  private final Set<ResourceType> required = new HashSet<>();
  private final Set<ResourceType> ended = new HashSet<>();
  private final Set<ResourceType> complete = new HashSet<>();
  private final Map<ResourceType, RefusedException> refusals = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  private record Waiting(Set<ResourceType> open, Runnable then) {}

  /// @param window events that were seen last before it are left out
  /// @param namespaces to ask for instead of the whole cluster; empty for that
  /// @param choice of namespaces whose objects are kept
  Lists(
      TaskExecutor executor,
      Inventory inventory,
      TimeWindow window,
      Collection<String> namespaces,
      NamespaceChoice choice) {
    this.choice = choice;
    this.executor = executor;
    this.inventory = inventory;
    this.window = window;
    this.namespaces = List.copyOf(namespaces);
  }

  /// Sees to it that the type is listed.
  void require(ResourceType type) {
    synchronized (this) {
      if (!required.add(type)) {
        return;
      }
    }
    var kind = type.equals(ResourceType.EVENTS) ? "events" : "clusterDump";
    executor.submit(
        new PlannedTask(
            kind + "/" + type.name(),
            kind,
            "",
            "",
            type.name(),
            Load.LIGHT,
            Caller.USUAL_RETRIES,
            scope -> {
              try {
                return read(type, scope);
              } catch (RefusedException e) {
                refuse(type, e);
                throw e;
              } finally {
                end(type);
              }
            }));
  }

  /// Requires the types and runs `then` once, on some thread, after all of them have ended, well or
  /// not.
  void after(Collection<ResourceType> types, Runnable then) {
    types.forEach(this::require);
    synchronized (this) {
      var open = new LinkedHashSet<>(types);
      open.removeAll(ended);
      if (!open.isEmpty()) {
        waiting.add(new Waiting(open, then));
        return;
      }
    }
    then.run();
  }

  /// Whether the whole list was read.
  synchronized boolean isComplete(ResourceType type) {
    return complete.contains(type);
  }

  /// Whether objects of this namespace are asked for at all.
  boolean covers(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /// Why there is nothing of the list, if the server refused it.
  synchronized Optional<RefusedException> refusal(ResourceType type) {
    return Optional.ofNullable(refusals.get(type));
  }

  private synchronized void refuse(ResourceType type, RefusedException refusal) {
    refusals.put(type, refusal);
  }

  private void end(ResourceType type) {
    var ready = new ArrayList<Runnable>();
    synchronized (this) {
      ended.add(type);
      waiting.removeIf(one -> {
        one.open().remove(type);
        if (one.open().isEmpty()) {
          ready.add(one.then());
        }
        return one.open().isEmpty();
      });
    }
    ready.forEach(Runnable::run);
  }

  private Outcome read(ResourceType type, TaskScope scope)
      throws IOException, InterruptedException {
    var index = index(type);
    var inChoice = choice.of(type);
    var paths = paths(type);
    var refused = new ArrayList<RefusedException>();
    try (var files = new ObjectFiles(scope, type, window.to())) {
      for (String path : paths) {
        try {
          ObjectList.read(
              scope.cluster(),
              path,
              scope.caller(),
              object -> {
                var namespace = object.path("metadata").path("namespace").asText("");
                if (isWanted(type, object) && (!type.namespaced() || inChoice.test(namespace))) {
                  index.accept(object);
                  files.add(object);
                }
              });
        } catch (ObjectList.BrokenListException e) {
          files.finish();
          throw e;
        } catch (RefusedException e) {
          // Rights are given by namespace: what the others hold is wanted all the same.
          refused.add(e);
        }
      }
      files.finish();
      if (!refused.isEmpty()) {
        return refused(type, refused, paths.size());
      }
      synchronized (this) {
        complete.add(type);
      }
      if (files.misplaced() > 0) {
        return new Outcome.Partial(
            Reason.INVALID_ANSWER,
            files.misplaced() + " objects came out of the order of their namespaces");
      }
      return new Outcome.Collected();
    }
  }

  private static Outcome refused(ResourceType type, List<RefusedException> refused, int asked)
      throws RefusedException {
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

  private List<String> paths(ResourceType type) {
    if (!type.namespaced() || namespaces.isEmpty()) {
      return List.of(type.path(""));
    }
    return namespaces.stream().map(type::path).toList();
  }

  private Consumer<JsonNode> index(ResourceType type) {
    if (type.equals(ResourceType.NODES)) {
      return inventory::addNode;
    }
    if (type.equals(ResourceType.PODS)) {
      return inventory::addPod;
    }
    if (type.equals(ResourceType.EVENTS)) {
      return inventory::addEvent;
    }
    if (type.equals(ResourceType.LEASES)) {
      return inventory::addLease;
    }
    if (type.equals(ResourceType.CRDS)) {
      return inventory::addDefinition;
    }
    return object -> {};
  }

  private boolean isWanted(ResourceType type, JsonNode object) {
    return !type.equals(ResourceType.EVENTS) || !lastSeen(object).isBefore(window.from());
  }

  /// The last time an event was seen, by whichever of its fields is set; the window's end if none
  /// is.
  private Instant lastSeen(JsonNode event) {
    for (JsonNode time :
        List.of(
            event.path("series").path("lastObservedTime"),
            event.path("lastTimestamp"),
            event.path("eventTime"),
            event.path("metadata").path("creationTimestamp"))) {
      var instant = instant(time.asText(""));
      if (instant.isPresent()) {
        return instant.get();
      }
    }
    return window.to();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      // A broken stamp says nothing; another field may.
      return Optional.empty();
    }
  }
}
