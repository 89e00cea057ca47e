package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;

/// The planner of the tasks of a run, and of the items that need none. Safe for use by many
/// threads.
public record TaskPlanner(TaskExecutor executor, ItemRegistry registry) {
  /// Plans a task at a node. Requests to a node that is known not to be ready are not retried.
  public void atNode(NodeSummary node, ItemKind kind, String name, Load load, Task task) {
    int retries = node.ready() ? RequestOrigin.USUAL_RETRIES : 0;
    var id = kind.label() + "/" + node.name() + "/" + name;
    executor.submit(new PlannedTask(id, kind, node.name(), node.name(), name, load, retries, task));
  }

  /// Plans a task about a node that sends no request to it.
  public void about(NodeSummary node, ItemKind kind, String name, Task task) {
    executor.submit(
        light(kind.label() + "/" + node.name() + "/" + name, kind, node.name(), name, task));
  }

  /// Plans a task that sends requests to the API server.
  public void atServer(ItemKind kind, String name, Task task) {
    executor.submit(light(kind.label() + "/" + name, kind, "", name, task));
  }

  /// Plans a task that sends no requests itself, and starts later.
  ///
  /// @param start consumer of the action that starts the task, called if the task is wanted
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
