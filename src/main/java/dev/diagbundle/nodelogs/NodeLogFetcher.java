package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.nodelogs.SpoolSpace.SpoolFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reader of the requested logs of one node into their spools, one after the other: a kubelet
/// gets one log query at a time. Queries that cannot succeed are not sent: if the node cannot be
/// reached or does not answer, all of its logs end with that.
final class NodeLogFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLogFetcher.class);

  /// The minimum skew to report; the header `Date` is no more precise than that.
  private static final Duration NOTABLE_SKEW = Duration.ofSeconds(2);

  private final NodeLogsRequest request;
  private final Cluster cluster;
  private final NodeSummary node;
  private final List<LogSpool> logs;
  private final TimeWindow window;
  private final InstantSource clock;
  private final NodeLogNotice.Listener notices;
  private final Semaphore places;
  private final AtomicBoolean holdsPlace = new AtomicBoolean();
  private volatile Duration left = Duration.ZERO;

  /// @param clock the API server's
  /// @param places for nodes that are read concurrently
  NodeLogFetcher(
      NodeLogsRequest request,
      Cluster cluster,
      NodeSummary node,
      List<LogSpool> logs,
      TimeWindow window,
      InstantSource clock,
      NodeLogNotice.Listener notices,
      Semaphore places) {
    this.request = request;
    this.cluster = cluster;
    this.node = node;
    this.logs = List.copyOf(logs);
    this.window = window;
    this.clock = clock;
    this.notices = notices;
    this.places = places;
  }

  String node() {
    return node.name();
  }

  /// Gives the place of this node, which only waits, to another one.
  void yieldPlace() {
    if (holdsPlace.getAndSet(false)) {
      places.release();
    }
  }

  /// Records that the kubelet may continue to work on a query for this time.
  void leftBehind(Duration atMost) {
    left = atMost;
  }

  /// Reads all logs. Every spool has ended when this returns.
  void run() {
    try {
      places.acquire();
      holdsPlace.set(true);
      logs.getFirst().begin();
      var refusal = read();
      refusal.ifPresent(outcome -> logs.forEach(log -> log.end(outcome)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      yieldPlace();
      logs.forEach(log -> log.end(new Outcome.Cancelled("interrupted")));
    }
  }

  /// @return outcome of the logs that have not ended
  private Optional<Outcome> read() throws InterruptedException {
    LogQuerySupport query;
    try {
      query = LogQuerySupport.probe(cluster, node.name(), node.isWindows(), clock, prober());
    } catch (IOException e) {
      return Optional.of(failed(e));
    }
    if (!query.isOn()) {
      return Optional.of(new Outcome.Skipped(Reason.UNSUPPORTED, query.said()));
    }
    if (query.skew().abs().compareTo(NOTABLE_SKEW) >= 0) {
      notices.on(new NodeLogNotice.ClockSkew(node.name(), query.skew()));
    }
    for (LogSpool log : logs) {
      log.begin();
      var outcome = read(log, query);
      log.end(outcome);
      if (outcome instanceof Outcome.Failed(Reason reason, String _)
          && (reason == Reason.UNREACHABLE || reason == Reason.TIMED_OUT)) {
        return Optional.of(outcome);
      }
      if (log != logs.getLast()) {
        rest();
      }
    }
    return Optional.empty();
  }

  private void rest() throws InterruptedException {
    var pause = node.isWindows() ? request.manners().queryPause() : Duration.ZERO;
    cluster.ticker().sleep(left.compareTo(pause) > 0 ? left : pause);
    left = Duration.ZERO;
  }

  /// The task boundary: anything that the reading of a log throws becomes its outcome here.
  private Outcome read(LogSpool spool, LogQuerySupport query) throws InterruptedException {
    var log =
        new ServiceLog(
            node.name(),
            node.isWindows(),
            spool.name.service(),
            query,
            window,
            request.options(),
            clock,
            LogQueryTimeout.KUBELET,
            new RequestOrigin(spool.name.toString(), node.name(), retries()));
    var stamps = new LineStamp(clock.instant().plus(query.skew()), ZoneOffset.UTC);
    try (var out = new FramingOutputStream(spool, stamps)) {
      return log.copyTo(cluster, out, spool::setForm);
    } catch (SpoolFullException e) {
      return cut(spool, new Outcome.Failed(Reason.LIMIT, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      return cut(spool, failed(e));
    } catch (RuntimeException | Error e) {
      LOG.debug("log {} failed", spool.name, e);
      return cut(spool, new Outcome.Failed(Reason.INTERNAL, e.toString()));
    }
  }

  private static Outcome failed(IOException failure) {
    var refusal = ErrorClassifier.brokenOff(failure);
    return new Outcome.Failed(refusal.reason(), String.valueOf(refusal.getMessage()));
  }

  /// The outcome of a log that broke off: it is partial.
  private static Outcome cut(LogSpool spool, Outcome outcome) {
    return outcome instanceof Outcome.Failed(Reason reason, String detail) && spool.written() > 0
        ? new Outcome.Partial(reason, detail)
        : outcome;
  }

  private RequestOrigin prober() {
    return new RequestOrigin("", node.name(), retries(), Optional.of(request.patience()));
  }

  /// The number of retries. A user waits at a terminal: a transient failure is retried once, and at
  /// a node that is not ready not at all.
  private int retries() {
    return node.ready() ? 1 : 0;
  }
}
