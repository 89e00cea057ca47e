package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.task.PlannedTask;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.TaskExecutor;
import dev.diagbundle.collect.task.TaskResult;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.util.Collection;

/// The lists of objects, each type listed once for all items: into the bundle, and into the
/// [Inventory]. Tasks that need running lists are planned when these have ended. Safe for use by
/// many threads.
public final class Lists {
  private static final List<String> CLUSTER = List.of("");

  private final TaskExecutor executor;
  private final Inventory inventory;
  private final TimeWindow window;
  private final TimeWindow events;
  private final List<String> namespaces;
  private final ObjectFilter choice;
  private final Set<ResourceType> required = new HashSet<>();
  private final Set<ResourceType> ended = new HashSet<>();
  private final Set<ResourceType> complete = new HashSet<>();
  private final Map<ResourceType, RequestFailedException> refusals = new HashMap<>();
  private final Map<ResourceType, Outcome> gaps = new HashMap<>();
  private final List<Pending> waiting = new ArrayList<>();
  private final Set<String> met = ConcurrentHashMap.newKeySet();

  private final Map<ResourceType, RequestFailedException> narrowed = new HashMap<>();

  private record Pending(Set<ResourceType> open, Runnable then) {}

  /// @param run its windows: events last seen before it are left out
  /// @param namespaces to list instead of the whole cluster; empty for the whole cluster
  /// @param choice filter of the objects that are kept
  public Lists(
      TaskExecutor executor,
      Inventory inventory,
      RunWindow run,
      Collection<String> namespaces,
      ObjectFilter choice) {
    this.choice = choice;
    this.executor = executor;
    this.inventory = inventory;
    this.window = run.whole();
    this.events = run.ofLines(run.whole());
    this.namespaces = List.copyOf(namespaces);
  }

  /// Ensures that the type is listed.
  public void require(ResourceType type) {
    synchronized (this) {
      if (!required.add(type)) {
        return;
      }
    }
    var kind = type.equals(ResourceType.EVENTS) ? ItemKind.EVENTS : ItemKind.CLUSTER_DUMP;
    var task =
        new PlannedTask(
            kind.label() + "/" + type.name(),
            kind,
            "",
            "",
            type.name(),
            Load.LIGHT,
            RequestOrigin.USUAL_RETRIES,
            scope -> {
              try {
                return read(type, scope);
              } catch (RequestFailedException e) {
                refuse(type, e);
                throw e;
              } catch (ObjectList.BrokenListException e) {
                miss(type, TaskResult.of(e).outcome());
                throw e;
              } finally {
                end(type);
              }
            });
    if (executor.expect(task)) {
      after(inventory.neededBefore(type), () -> executor.enqueue(task));
    }
  }

  /// Requires the types and runs `then` once, on some thread, after all of them have ended,
  /// successfully or not.
  public void after(Collection<ResourceType> types, Runnable then) {
    types.forEach(this::require);
    synchronized (this) {
      var open = new LinkedHashSet<>(types);
      open.removeAll(ended);
      if (!open.isEmpty()) {
        waiting.add(new Pending(open, then));
        return;
      }
    }
    then.run();
  }

  /// Returns whether the whole list was read.
  public synchronized boolean isComplete(ResourceType type) {
    return complete.contains(type);
  }

  /// Returns whether all objects of this type in this namespace are known.
  public boolean isComplete(ResourceType type, String namespace) {
    return isComplete(type) && covers(namespace);
  }

  private boolean covers(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /// The refusal of the list by the server, if it was refused.
  public synchronized Optional<RequestFailedException> refusal(ResourceType type) {
    return Optional.ofNullable(refusals.get(type));
  }

  /// The outcome of an ended list with missing objects; empty if nothing is missing, or if the
  /// cluster has no such type.
  public synchronized Optional<Outcome> gap(ResourceType type) {
    return Optional.ofNullable(gaps.get(type));
  }

  private synchronized void miss(ResourceType type, Outcome outcome) {
    if (outcome.leavesGap()) {
      gaps.put(type, outcome);
    }
  }

  private synchronized void refuse(ResourceType type, RequestFailedException refusal) {
    refusals.put(type, refusal);
    miss(type, TaskResult.of(refusal).outcome());
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
    var result = read(type, scope, places(type));
    if (result.whole()) {
      synchronized (this) {
        complete.add(type);
      }
      inventory.end(type);
    } else {
      miss(type, result.outcome());
    }
    return result.outcome();
  }

  private ListReading.Result read(ResourceType type, TaskScope scope, List<String> places)
      throws IOException, InterruptedException {
    var wanted = choice.of(type);
    var reading =
        new ListReading(
            type,
            scope,
            window,
            events,
            object ->
                (!type.namespaced() || covers(object.path("metadata").path("namespace").asText("")))
                    && wanted.test(object),
            choice.keepsManagedFields(type),
            index(type));
    try {
      return reading.read(places);
    } catch (RequestFailedException e) {
      boolean narrows = !namespaces.isEmpty() && places.equals(CLUSTER) && type.namespaced();
      if (!narrows || e.reason() != Reason.FORBIDDEN) {
        throw e;
      }
      // The user may have no permission beyond the requested namespaces.
      synchronized (this) {
        narrowed.put(type, e);
      }
      return read(type, scope, namespaces);
    }
  }

  /// The namespaces to list; an empty one is the whole cluster.
  private List<String> places(ResourceType type) {
    if (!type.namespaced() || namespaces.isEmpty() || inventory.countsOnNodes(type)) {
      return CLUSTER;
    }
    return namespaces;
  }

  /// The refusal because of which only the requested namespaces were listed, though nodes have
  /// objects in others too.
  public synchronized Optional<RequestFailedException> narrowed(ResourceType type) {
    return Optional.ofNullable(narrowed.get(type));
  }

  /// The outcomes of namespaces for which every list was empty: after a typo in a name, the bundle
  /// must not appear complete.
  public synchronized Map<String, Outcome> unmet() {
    boolean known = ResourceType.known("namespaces").filter(complete::contains).isPresent();
    var unmet = new LinkedHashMap<String, Outcome>();
    if (!known && complete.stream().noneMatch(ResourceType::namespaced)) {
      return unmet;
    }
    for (String namespace : namespaces) {
      if (!met.contains(namespace)) {
        unmet.put(
            namespace,
            known
                ? new Outcome.Failed(Reason.NOT_FOUND, "the cluster has no namespace " + namespace)
                : new Outcome.Skipped(
                    Reason.EMPTY,
                    "no listed object is in namespace " + namespace + "; does it exist?"));
      }
    }
    return unmet;
  }

  private Consumer<JsonNode> index(ResourceType type) {
    var index = indexOf(type);
    if (namespaces.isEmpty()) {
      return index;
    }
    var key = type.name().equals("namespaces") ? "name" : "namespace";
    return object -> {
      var namespace = object.path("metadata").path(key).asText("");
      if (namespaces.contains(namespace)) {
        met.add(namespace);
      }
      index.accept(object);
    };
  }

  private Consumer<JsonNode> indexOf(ResourceType type) {
    if (type.equals(ResourceType.NODES)) {
      return inventory::addNode;
    }
    if (type.equals(ResourceType.PODS)) {
      return pod -> inventory.addPod(pod, window);
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
    return object -> inventory.add(type, object);
  }
}
