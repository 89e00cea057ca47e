package dev.diagbundle.collect.task;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.testing.VirtualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Tasks that do as they are told, and what became of them.
final class ScriptedTasks {
  static final Outcome COLLECTED = new Outcome.Collected();

  final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
  final ItemRegistry registry = new ItemRegistry(progress::add, Redaction.none());
  private Map<String, Outcome> outcomes = Map.of();
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final VirtualTicker ticker = new VirtualTicker();
  final Map<String, Long> begun = new ConcurrentHashMap<>();

  Duration between(String from, String to) {
    return Duration.ofNanos(begun.getOrDefault(to, 0L) - begun.getOrDefault(from, 0L));
  }

  TaskExecutor executor(int perNode, Duration queryPause) {
    return new TaskExecutor(
        () -> 8,
        node -> new NodeLimits(perNode, queryPause),
        registry,
        progress::add,
        ticker,
        (task, impatient) -> TaskExecutorTest.NO_SCOPE);
  }

  PlannedTask task(String node, String name, Load load, Outcome outcome) {
    return planned(
        node,
        name,
        load,
        scope -> {
          asked.add(node + "/" + name);
          begun.put(node + "/" + name, ticker.nanos());
          return outcome;
        });
  }

  PlannedTask failing(
      String node, String name, Load load, Reason reason, int status, String words) {
    return planned(
        node,
        name,
        load,
        scope -> {
          asked.add(node + "/" + name);
          throw new RequestFailedException(reason, status, words);
        });
  }

  static PlannedTask planned(String node, String name, Load load, Task task) {
    return new PlannedTask(node + "/" + name, ItemKind.NODE_LOGS, node, node, name, load, 0, task);
  }

  /// How all ended; from the first call on, nothing else is planned or ends.
  Map<String, Outcome> outcomes() {
    if (outcomes.isEmpty()) {
      outcomes = registry.close("open").collect(Collectors.toMap(Item::id, Item::outcome));
    }
    return outcomes;
  }

  String label(String item) {
    var outcome = outcomes().get(item);
    return outcome == null ? "" : outcome.label();
  }
}
