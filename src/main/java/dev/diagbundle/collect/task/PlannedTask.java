package dev.diagbundle.collect.task;

import dev.diagbundle.model.ItemKind;

/// A task that waits to be run.
///
/// @param id of its item, unique in the run
/// @param kind of its item
/// @param node of its item; empty if the item concerns the cluster
/// @param queue name of the node that its requests end at; empty if that is the API server
/// @param name of its item
/// @param load on the node
/// @param retries number of retries after a transient failure
/// @param task the work
public record PlannedTask(
    String id,
    ItemKind kind,
    String node,
    String queue,
    String name,
    Load load,
    int retries,
    Task task) {
  /// The task without its name, which only planning needs: 100,000 waiting tasks do without.
  PlannedTask unnamed() {
    return new PlannedTask(id, kind, node, queue, "", load, retries, task);
  }

  /// The load that a task puts on its node.
  public enum Load {
    /// A log query: a process on the node, of which one at a time is enough.
    QUERY,
    /// The transfer of a file, likewise.
    FILE,
    /// Anything else.
    LIGHT
  }
}
