package dev.diagbundle.testing;

/// The clock of this machine, put forward by what would have been slept: whole commands run by it,
/// whose answers take real time.
public final class SleeplessTicker extends VirtualTicker {
  @Override
  public long nanos() {
    return super.nanos() + System.nanoTime();
  }
}
