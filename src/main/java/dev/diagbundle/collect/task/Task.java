package dev.diagbundle.collect.task;

import dev.diagbundle.model.Outcome;
import java.io.IOException;

/// A piece of work that ends one planned item. Runs once, on a thread of its own.
@FunctionalInterface
public interface Task {
  /// Does the work.
  ///
  /// @return its outcome
  /// @throws IOException if it failed; the executor turns that into an outcome
  /// @throws InterruptedException if the run is being ended
  Outcome run(TaskScope scope) throws IOException, InterruptedException;
}
