package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.RequestRecord;
import dev.diagbundle.cluster.ServerInfo;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;

/// The printer of logs of node services: one as it is, several merged by time. Used once; [#stop]
/// may be called from any thread at any time.
public final class NodeLogPrinter {
  /// The time that interrupted threads have to return before they are abandoned.
  private static final Duration GRACE = Duration.ofMillis(500);

  private final NodeLogsRequest request;
  private final Clock clock;
  private final NodeLogNotice.Listener notices;
  private final Map<String, NodeLogFetcher> fetches = new ConcurrentHashMap<>();
  private final List<LogSpool> logs = new ArrayList<>();

  private final Object stopLock = new Object();
  private Optional<String> stopped = Optional.empty();
  private Optional<Thread> runner = Optional.empty();

  /// A printer for one request.
  ///
  /// @param clock the local clock
  /// @param notices listener for notices to the user, called on any thread
  public NodeLogPrinter(NodeLogsRequest request, Clock clock, NodeLogNotice.Listener notices) {
    this.request = request;
    this.clock = clock;
    this.notices = notices;
  }

  /// Ends the printing early. Only the first call counts.
  ///
  /// @param signal name of the signal
  public void stop(String signal) {
    synchronized (stopLock) {
      if (stopped.isEmpty()) {
        stopped = Optional.of(signal);
        runner.ifPresent(Thread::interrupt);
      }
    }
  }

  /// Prints to the end.
  ///
  /// @param out the target, flushed whenever nothing more is ready to be printed, and not closed
  /// @throws DiagbundleException if no log can be requested
  /// @throws IOException if `out` cannot be written
  public NodeLogsResult run(OutputStream out)
      throws DiagbundleException, IOException, InterruptedException {
    synchronized (stopLock) {
      runner = Optional.of(Thread.currentThread());
      stopped.ifPresent(signal -> Thread.currentThread().interrupt());
    }
    try (var cluster =
        OkHttpCluster.open(
            request.connection(),
            clock,
            "diagbundle/" + request.toolVersion(),
            listener(),
            request.manners())) {
      return print(cluster, out);
    } catch (InterruptedException | DiagbundleException e) {
      // An interrupt during the reading of a body appears as a read failure.
      synchronized (stopLock) {
        if (stopped.isEmpty()) {
          throw e;
        }
        return result(List.of());
      }
    } finally {
      synchronized (stopLock) {
        runner = Optional.empty();
      }
    }
  }

  private NodeLogsResult print(Cluster cluster, OutputStream out)
      throws DiagbundleException, IOException, InterruptedException {
    var handshake = ServerInfo.read(cluster, clock);
    var usual = request.span().window(handshake.present(), NodeLogsRequest.USUAL_WINDOW);
    // A node's clock may be ahead, so that newer lines are wanted too.
    var window = request.span().hasEnd() ? usual : usual.opened();
    var nodes = new NodeFinder(cluster, request.nodes());
    nodes.find();
    int count = nodes.found().size() * request.services().size();
    // A single log is passed through directly; its reader waits for the reader of our output.
    try (var space =
        new SpoolSpace(count == 1 ? 0 : request.spoolBytes(), count, cluster.ticker())) {
      var threads = fetch(cluster, nodes, window, handshake, space);
      try {
        boolean several = nodes.found().size() > 1;
        var lines = new LineOutput(out, log -> request.prefix(log, several), request.harmless());
        var merge =
            new LogMerge(
                logs,
                space,
                lines,
                request.patience(),
                notices,
                log ->
                    Optional.ofNullable(fetches.get(log.node()))
                        .ifPresent(NodeLogFetcher::yieldPlace));
        merge.run();
        return result(nodes.missing());
      } finally {
        end(cluster, threads);
      }
    }
  }

  private List<Thread> fetch(
      Cluster cluster,
      NodeFinder nodes,
      TimeWindow window,
      ServerInfo handshake,
      SpoolSpace space) {
    var serverClock = Clock.offset(clock, handshake.skew().negated());
    var places = new Semaphore(request.concurrency(), true);
    var threads = new ArrayList<Thread>();
    for (NodeSummary node : nodes.found()) {
      var ofNode = new ArrayList<LogSpool>();
      for (String service : request.services()) {
        ofNode.add(new LogSpool(new LogName(node.name(), service), logs.size(), space));
        logs.add(ofNode.getLast());
      }
      var fetch =
          new NodeLogFetcher(request, cluster, node, ofNode, window, serverClock, notices, places);
      fetches.put(fetch.node(), fetch);
    }
    for (NodeSummary node : nodes.found()) {
      var fetch = fetches.get(node.name());
      if (fetch != null) {
        threads.add(Thread.ofVirtual().name("logs of " + node.name()).start(fetch::run));
      }
    }
    return threads;
  }

  private static void end(Cluster cluster, List<Thread> threads) throws IOException {
    threads.forEach(Thread::interrupt);
    boolean interrupted = Thread.interrupted();
    var ticker = cluster.ticker();
    long end = ticker.nanos() + GRACE.toNanos();
    try {
      for (Thread thread : threads) {
        var _ = thread.join(Duration.ofNanos(Math.max(1, end - ticker.nanos())));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    cluster.close();
  }

  private NodeLogsResult result(List<String> missing) {
    var ended = new ArrayList<NodeLogsResult.PrintedLog>();
    for (String name : missing) {
      var outcome = new Outcome.Failed(Reason.NOT_FOUND, "the cluster has no such node");
      request
          .services()
          .forEach(service ->
              ended.add(new NodeLogsResult.PrintedLog(new LogName(name, service), outcome, 0)));
    }
    for (LogSpool log : logs) {
      var outcome = log.ending().orElseGet(() -> new Outcome.Cancelled("interrupted"));
      ended.add(new NodeLogsResult.PrintedLog(log.name, outcome, log.written()));
    }
    synchronized (stopLock) {
      return new NodeLogsResult(ended, stopped);
    }
  }

  private RequestRecord.Listener listener() {
    return new RequestRecord.Listener() {
      @Override
      public void on(RequestRecord request) {
        // Records are not kept.
      }

      @Override
      public void leftBehind(RequestOrigin caller, Duration atMost) {
        Optional.ofNullable(fetches.get(caller.node()))
            .ifPresent(fetch -> fetch.leftBehind(atMost));
      }
    };
  }
}
