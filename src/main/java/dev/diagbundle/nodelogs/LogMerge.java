package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.nodelog.ServiceLog.Form;
import dev.diagbundle.model.LineStamp;

/// The merge of several logs by time: it always prints the oldest of the entries that are next in
/// their logs, with all its lines. The order within a log stays as it is.
///
/// The next entry of every log therefore has to be known. A log that keeps the others waiting for
/// too long is late, and they continue without it; it takes part again with its next entry. Logs
/// without timestamps to merge by are printed after the rest, one after the other. For one thread.
final class LogMerge {
  private final List<LogSpool> logs;
  private final SpoolSpace space;
  private final LineOutput out;
  private final Duration patience;
  private final NodeLogNotice.Listener notices;
  private final Consumer<LogName> onLate;
  private final byte[] frame = new byte[LogSpool.MAX_FRAME_BYTES];

  /// The logs whose next entry is not known, with the start of the wait.
  private final Map<LogSpool, Long> pending = new HashMap<>();

  private final Set<LogSpool> late = new HashSet<>();
  private final List<LogSpool> apart = new ArrayList<>();
  private final PriorityQueue<Next> next =
      new PriorityQueue<>(Comparator.comparingLong(Next::micros).thenComparingInt(Next::index));

  private record Next(long micros, int index) {}

  /// @param patience maximum time that a log may keep the others waiting
  /// @param onLate consumer of each log that is no longer waited for
  LogMerge(
      List<LogSpool> logs,
      SpoolSpace space,
      LineOutput out,
      Duration patience,
      NodeLogNotice.Listener notices,
      Consumer<LogName> onLate) {
    this.logs = List.copyOf(logs);
    this.space = space;
    this.out = out;
    this.patience = patience;
    this.notices = notices;
    this.onLate = onLate;
  }

  /// Prints to the end of all logs.
  void run() throws IOException, InterruptedException {
    long now = space.ticker.nanos();
    logs.forEach(log -> pending.put(log, now));
    while (!pending.isEmpty() || !next.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      look();
      boolean complete = late.containsAll(pending.keySet());
      if (complete && !next.isEmpty()) {
        int index = next.remove().index();
        print(logs.get(index));
        pending.put(logs.get(index), space.ticker.nanos());
      } else if (!pending.isEmpty()) {
        out.flush();
        await(pending.keySet(), complete ? Long.MAX_VALUE : patienceLeft());
      }
    }
    apart.sort(Comparator.comparingInt(log -> log.index));
    for (LogSpool log : apart) {
      out.flush();
      drain(log);
    }
    out.finish();
  }

  /// Checks the logs that are waited for.
  private void look() throws IOException {
    for (LogSpool log : new ArrayDeque<>(pending.keySet())) {
      boolean more = true;
      while (more) {
        more = look(log);
      }
    }
  }

  /// @return true if there may be more entries
  private boolean look(LogSpool log) throws IOException {
    int length = 0;
    space.lock.lock();
    try {
      if (log.form() != Form.JOURNAL) {
        apart.add(log);
        settle(log);
        return false;
      }
      if (log.hasFrame()) {
        long micros = log.readTime();
        if (micros != LineStamp.NONE) {
          next.add(new Next(micros, log.index));
          settle(log);
          return false;
        }
        length = log.readBytes(frame);
      } else if (log.outcome().isPresent()) {
        settle(log);
        return false;
      }
    } finally {
      space.lock.unlock();
    }
    if (length > 0) {
      // More of the entry that was printed last of this log.
      out.write(log.name, frame, length);
    }
    return length > 0;
  }

  private void settle(LogSpool log) {
    pending.remove(log);
    late.remove(log);
  }

  private void print(LogSpool log) throws IOException {
    int length;
    space.lock.lock();
    try {
      length = log.readBytes(frame);
    } finally {
      space.lock.unlock();
    }
    out.write(log.name, frame, length);
  }

  /// The time until the first of the logs that are waited for is late, in nanoseconds. Logs that
  /// are late already are reported, and no longer waited for.
  private long patienceLeft() {
    long now = space.ticker.nanos();
    long least = Long.MAX_VALUE;
    var impatient = new ArrayList<LogSpool>();
    space.lock.lock();
    try {
      for (var waiting : pending.entrySet()) {
        var log = waiting.getKey();
        if (late.contains(log) || !log.isBegun()) {
          continue;
        }
        long since = Math.max(waiting.getValue() - now, log.begunNanos() - now);
        long left = since + patience.toNanos();
        if (left <= 0 && logs.size() > 1) {
          impatient.add(log);
        }
        least = Math.min(least, left);
      }
    } finally {
      space.lock.unlock();
    }
    for (LogSpool log : impatient) {
      late.add(log);
      notices.on(new NodeLogNotice.Late(log.name, patience));
      onLate.accept(log.name);
    }
    return logs.size() > 1 ? least : Long.MAX_VALUE;
  }

  /// Waits until something may have changed.
  @SuppressWarnings("WaitNotInLoop") // the callers look again, whatever woke it
  private void await(Iterable<LogSpool> wanted, long nanos) throws InterruptedException {
    space.lock.lockInterruptibly();
    try {
      for (LogSpool log : wanted) {
        if (log.hasFrame() || log.outcome().isPresent()) {
          return;
        }
        log.await();
      }
      if (nanos == Long.MAX_VALUE) {
        space.arrived.await();
      } else if (nanos > 0) {
        var _ = space.arrived.awaitNanos(nanos);
      }
    } finally {
      space.lock.unlock();
    }
  }

  private void drain(LogSpool log) throws IOException, InterruptedException {
    boolean begun = false;
    while (true) {
      int length = 0;
      boolean ended;
      space.lock.lockInterruptibly();
      try {
        ended = log.outcome().isPresent();
        if (log.hasFrame()) {
          var _ = log.readTime();
          length = log.readBytes(frame);
        }
      } finally {
        space.lock.unlock();
      }
      if (length > 0) {
        if (!begun) {
          tell(log);
          begun = true;
        }
        out.write(log.name, frame, length);
      } else if (ended) {
        return;
      } else {
        out.flush();
        await(List.of(log), Long.MAX_VALUE);
      }
    }
  }

  private void tell(LogSpool log) {
    if (logs.size() > 1) {
      notices.on(new NodeLogNotice.Apart(log.name, log.form()));
    }
    if (log.form() == Form.FILE) {
      notices.on(new NodeLogNotice.Uncut(log.name));
    }
  }
}
