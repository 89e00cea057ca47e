package dev.diagbundle.cli;

import dev.diagbundle.collect.Collector;

/// What a signal does to a run: it ends what is under way and lets the bundle be completed.
///
/// @param main the thread that runs the collector; it may still be waiting for the first answer
record Interruption(Collector collector, Thread main) {
  void on(String signal) {
    if (!collector.stop(signal)) {
      main.interrupt();
    }
  }
}
