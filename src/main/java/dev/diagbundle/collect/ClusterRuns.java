package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The runs over all clusters, in parallel, each on its own virtual thread: a cluster that is slow
/// to connect delays no other. Used by one thread, which closes it.
final class ClusterRuns implements Closeable {
  private final List<ClusterRun> runs;
  private final ConcurrencyQuota quota;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<ClusterRun> connected = new LinkedBlockingQueue<>();
  private final CompletableFuture<BundleWriter> bundle = new CompletableFuture<>();
  private final List<Future<?>> ends = new ArrayList<>();

  ClusterRuns(List<ClusterRun> runs, int concurrency) {
    this.runs = List.copyOf(runs);
    this.quota = new ConcurrencyQuota(runs.size(), concurrency);
  }

  /// Connects to all clusters, and waits for the first from which data can be collected.
  ///
  /// @throws DiagbundleException if no data can be collected from any of them, with the reason
  ClusterRun begin() throws DiagbundleException, InterruptedException {
    for (ClusterRun run : runs) {
      ends.add(
          threads.submit(() -> {
            work(run);
            return run;
          }));
    }
    for (int i = 0; i < runs.size(); i++) {
      var run = connected.take();
      if (run.failure().isEmpty()) {
        return run;
      }
    }
    throw nothing();
  }

  /// Collects from all clusters, until the last run has ended.
  ///
  /// @throws IOException if the bundle cannot be written, or a run failed as a whole
  void collect(BundleWriter writer) throws IOException, InterruptedException {
    bundle.complete(writer);
    Optional<ExecutionException> fault = Optional.empty();
    for (Future<?> end : ends) {
      try {
        end.get();
      } catch (ExecutionException e) {
        fault = fault.or(() -> Optional.of(e));
      }
    }
    if (fault.isPresent()) {
      throw thrown(fault.get());
    }
  }

  @Override
  public void close() throws IOException {
    bundle.cancel(false);
    threads.shutdownNow();
    threads.close();
    for (ClusterRun run : runs) {
      run.close();
    }
  }

  private void work(ClusterRun run) throws Exception {
    try {
      run.connect();
    } finally {
      connected.add(run);
    }
    var writer = bundle.get();
    quota.enter();
    try {
      run.collect(writer, quota::tasks);
      run.fault()
          .ifPresent(e ->
              runs.forEach(other -> other.stop("the bundle cannot take more data: " + e.reason())));
    } catch (IOException | RuntimeException e) {
      // The bundle failed, or this program: no other run can succeed.
      runs.forEach(other -> other.stop("the bundle cannot be written"));
      throw e;
    } finally {
      quota.leave();
    }
  }

  private static IOException thrown(ExecutionException fault) {
    return switch (fault.getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> new IOException(fault);
    };
  }

  private DiagbundleException nothing() {
    var failures = runs.stream().flatMap(run -> run.failure().stream()).toList();
    if (runs.size() == 1) {
      return failures.getFirst();
    }
    var problems = new ArrayList<Problem>();
    problems.add(
        Problem.failure(
            "none of the " + runs.size() + " clusters could be collected; no bundle was written"));
    for (ClusterRun run : runs) {
      run.failure()
          .ifPresent(failure -> {
            for (Problem problem : failure.problems()) {
              var message = run.part().name() + ": " + problem.message();
              problems.add(new Problem(Problem.Kind.FAILURE, message, problem.hint()));
            }
          });
    }
    return new DiagbundleException(problems);
  }
}
