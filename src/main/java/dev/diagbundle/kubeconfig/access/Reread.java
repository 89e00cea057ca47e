package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Ticker;

/// A value from files that may be replaced while a run lasts. It is read again after a while; if
/// that fails, the value that is known stays. Safe for use by many threads.
///
/// @param <T> a value with equality
final class Reread<T> {
  /// The reader of the files.
  interface Reader<T> {
    T read() throws DiagbundleException;
  }

  private final Reader<T> reader;
  private final Duration period;
  private final Ticker ticker;
  private T value;
  private long readAt;

  /// Reads the value.
  ///
  /// @throws DiagbundleException if it cannot be read
  Reread(Reader<T> reader, Duration period, Ticker ticker) throws DiagbundleException {
    this.reader = reader;
    this.period = period;
    this.ticker = ticker;
    this.value = reader.read();
    this.readAt = ticker.nanos();
  }

  synchronized T get() {
    if (ticker.since(readAt).compareTo(period) >= 0) {
      refresh();
    }
    return value;
  }

  /// Reads it again now.
  synchronized void refresh() {
    readAt = ticker.nanos();
    try {
      value = reader.read();
    } catch (DiagbundleException _) {
      // As client-go: a file that is being replaced is read at the next occasion.
    }
  }
}
