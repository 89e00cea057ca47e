package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.findings.Evidence;

/// A detector of many equal log lines in a short time. Keeps only as many times as are needed,
/// regardless of the number of lines.
public final class Burst {
  private static final int LAST_FEW = 3;

  private final int enough;
  private final Duration span;
  private final ArrayDeque<Instant> latest = new ArrayDeque<>();
  private Optional<LogLine> first = Optional.empty();
  private Optional<LogLine> newest = Optional.empty();
  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> to = Optional.empty();
  private long total;
  private boolean reached;

  /// @param enough the number of lines that make a burst
  /// @param span the time within which they must occur
  public Burst(int enough, Duration span) {
    this.enough = enough;
    this.span = span;
  }

  public void add(LogLine line) {
    total++;
    first = first.or(() -> Optional.of(line.brief()));
    newest = Optional.of(line.brief());
    // A line without a time is as old as the one before it.
    var at = line.time().or(() -> Optional.ofNullable(latest.peekLast())).orElse(line.read());
    if (from.isEmpty() || at.isBefore(from.get())) {
      from = Optional.of(at);
    }
    if (to.isEmpty() || at.isAfter(to.get())) {
      to = Optional.of(at);
    }
    latest.addLast(at);
    if (latest.size() > enough) {
      latest.removeFirst();
    }
    // Some logs are in the bundle with their newest line first.
    reached |=
        latest.size() == enough
            && Duration.between(latest.getFirst(), latest.getLast()).abs().compareTo(span) <= 0;
  }

  public boolean isReached() {
    return reached;
  }

  /// Returns whether the newest line is no older than `age`.
  public boolean isWithin(Duration age, Instant now) {
    return to.isPresent() && to.get().isAfter(now.minus(age));
  }

  public long total() {
    return total;
  }

  public Optional<Instant> first() {
    return from;
  }

  public Optional<Instant> last() {
    return to;
  }

  /// The newest line; empty before the first.
  public Optional<LogLine> newest() {
    return newest;
  }

  /// Returns whether the newest line is one of the last few of its log.
  public boolean isAtEnd(Facts facts) {
    return newest.filter(line -> line.number() + LAST_FEW > facts.lines(line.path())).isPresent();
  }

  /// The first line, and the place of the last with the number of lines.
  public Optional<Evidence> evidence() {
    if (total < 2) {
      return first.map(LogLine::evidence);
    }
    var more = total + " such lines, the last at line " + newest.map(LogLine::number).orElse(0L);
    return first.map(line -> line.evidence().saying(line.text(), more));
  }
}
