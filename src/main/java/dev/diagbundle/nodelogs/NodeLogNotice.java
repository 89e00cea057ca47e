package dev.diagbundle.nodelogs;

import dev.diagbundle.cluster.nodelog.ServiceLog.Form;
import java.time.Duration;

/// What a user should hear while logs of nodes are printed.
public sealed interface NodeLogNotice {
  /// A log keeps the others waiting, and is waited for no longer: what still comes of it is printed
  /// when it comes, out of order.
  record Late(LogName log, Duration waited) implements NodeLogNotice {}

  /// A log cannot be merged with others by its times, and is printed after them.
  record Apart(LogName log, Form form) implements NodeLogNotice {}

  /// The log that is printed is a file, whose lines are not cut to the window.
  record Uncut(LogName log) implements NodeLogNotice {}

  /// A node's clock is wrong, so that its entries are not where they belong among others.
  ///
  /// @param ahead of the API server's clock
  record ClockSkew(String node, Duration ahead) implements NodeLogNotice {}

  /// Takes notices, on any thread.
  @FunctionalInterface
  interface Listener {
    void on(NodeLogNotice notice);
  }
}
