package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;

/// The tasks of a run, and the items that need none. Safe for use by many threads.
public record TaskPlanner(TaskExecutor executor, ItemRegistry registry) {
  /// Plans a task at a node. Of a node that is known not to be ready nothing is asked twice.
  public void atNode(NodeSummary node, ItemKind kind, String name, Load load, Task task) {
    int retries = node.ready() ? RequestOrigin.USUAL_RETRIES : 0;
    var id = kind.label() + "/" + node.name() + "/" + name;
    executor.submit(new PlannedTask(id, kind, node.name(), node.name(), name, load, retries, task));
  }

  /// Plans a task about a node that asks nothing of it.
  public void about(NodeSummary node, ItemKind kind, String name, Task task) {
    executor.submit(
        light(kind.label() + "/" + node.name() + "/" + name, kind, node.name(), name, task));
  }

  /// Plans a task that asks the API server.
  public void atServer(ItemKind kind, String name, Task task) {
    executor.submit(light(kind.label() + "/" + name, kind, "", name, task));
  }

  /// Plans a task that asks nothing itself, and starts later.
  ///
  /// @param start is given what starts the task, if it is wanted
  public void later(ItemKind kind, String name, Task task, Consumer<Runnable> start) {
    var planned = light(kind.label() + "/" + name, kind, "", name, task);
    if (executor.expect(planned)) {
      start.accept(() -> executor.enqueue(planned));
    }
  }

  /// Plans an item that ends at once.
  public void note(ItemKind kind, String node, String name, Outcome outcome) {
    var id = kind.label() + "/" + (node.isEmpty() ? "" : node + "/") + name;
    if (registry.plan(id, kind, node, name)) {
      registry.end(id, outcome, Duration.ZERO);
    }
  }

  private static PlannedTask light(String id, ItemKind kind, String node, String name, Task task) {
    return new PlannedTask(id, kind, node, "", name, Load.LIGHT, RequestOrigin.USUAL_RETRIES, task);
  }
}
