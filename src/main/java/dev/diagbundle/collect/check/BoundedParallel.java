package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.model.Ticker;

/// A runner of short calls in parallel, up to a maximum, until all have ended or time is up.
final class BoundedParallel {
  private final Semaphore permits;
  private final Ticker ticker;
  private final long end;

  /// @param most maximum concurrent calls
  /// @param time limit for all calls together
  BoundedParallel(int most, Duration time, Ticker ticker) {
    this.permits = new Semaphore(most);
    this.ticker = ticker;
    this.end = ticker.nanos() + time.toNanos();
  }

  /// Runs the calls; none of them fails except by a bug in this program.
  ///
  /// @return their results, in their order; empty for those that did not end in time
  <T> List<Optional<T>> run(List<? extends Callable<T>> calls) throws InterruptedException {
    var bounded = new ArrayList<Callable<T>>();
    for (Callable<T> call : calls) {
      bounded.add(() -> {
        permits.acquire();
        try {
          return call.call();
        } finally {
          permits.release();
        }
      });
    }
    var results = new ArrayList<Optional<T>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      long left = Math.max(0, end - ticker.nanos());
      for (Future<T> future : executor.invokeAll(bounded, left, TimeUnit.NANOSECONDS)) {
        results.add(future.isCancelled() ? Optional.empty() : Optional.of(future.get()));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("unexpected failure of a call", e.getCause());
    }
    return results;
  }
}
