package dev.diagbundle.nodelogs;

import dev.diagbundle.cluster.nodelog.ServiceLog.Form;
import java.time.Duration;

/// A notice to the user while logs of nodes are printed.
public sealed interface NodeLogNotice {
  /// A log that kept the others waiting, and is no longer waited for: its further entries are
  /// printed on arrival, out of order.
  record Late(LogName log, Duration waited) implements NodeLogNotice {}

  /// A log that cannot be merged with others by time, and is printed after them.
  record Apart(LogName log, Form form) implements NodeLogNotice {}

  /// A printed log that is a file, whose lines are not limited to the time window.
  record Uncut(LogName log) implements NodeLogNotice {}

  /// A node's clock that is wrong, so that its entries are misplaced among others.
  ///
  /// @param ahead lead over the API server's clock
  record ClockSkew(String node, Duration ahead) implements NodeLogNotice {}

  /// A listener for notices, called on any thread.
  @FunctionalInterface
  interface Listener {
    void on(NodeLogNotice notice);
  }
}
