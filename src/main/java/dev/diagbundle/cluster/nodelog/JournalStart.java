package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Request;
import dev.diagbundle.model.LineStamp;

/// The start of a journal query, and the test of its response against it. For one thread.
///
/// OpenShift's kubelet interprets `since` relative to the node's clock, so no zone is involved.
/// Upstream's `sinceTime` is in the node's local time, of whose zone only a bound is known: see
/// [NodeTimeZone].
final class JournalStart {
  /// The result of the test of the first entry.
  enum Judgement {
    GOOD,
    /// The log begins needlessly early, and the zone is known better now.
    TOO_EARLY,
    /// The log begins early; a query about the zone would tell by how much.
    ZONE_UNKNOWN,
    /// Between the start and the first entry there is room for an hour of daylight saving.
    MAYBE_LATE
  }

  private static final Duration SLACK = Duration.ofHours(2);

  private final ServiceLog log;
  private final NodeTimeZone zone;
  private final Instant start;
  private final Duration lead;
  private final Instant wallClock;
  private final boolean mayTighten;
  private final boolean mayWiden;
  private final boolean hasSlack;
  private Judgement judgement = Judgement.GOOD;
  private Instant first = Instant.MIN;

  /// @param start the instant to start at, or a little before
  /// @param mayTighten whether a start that is too early may be refused
  /// @param mayWiden whether a start that may be late may be refused
  /// @param hasSlack whether the start is an hour early, for daylight saving
  JournalStart(
      ServiceLog log, Instant start, boolean mayTighten, boolean mayWiden, boolean hasSlack) {
    this.log = log;
    this.zone = log.query().zone();
    this.start = start;
    this.lead = zone.lead();
    this.wallClock = start.plus(lead).truncatedTo(ChronoUnit.SECONDS);
    this.mayTighten = mayTighten;
    this.mayWiden = mayWiden;
    this.hasSlack = hasSlack;
  }

  /// The option of the kubelet for this start.
  String option() {
    if (isUpstream()) {
      return "&sinceTime=" + Request.value(wallClock.toString());
    }
    // Rounded to an earlier second.
    long seconds = Duration.between(start, log.present()).toSeconds() + 2;
    return "&since=-" + Math.max(1, seconds) + "s";
  }

  Judgement judgement() {
    return judgement;
  }

  /// The stamp of the first entry; before all times if there was none.
  Instant first() {
    return first;
  }

  /// Returns whether the zone may have made the response start too late.
  boolean mayBeLate() {
    return isUpstream() && mayWiden && !(lead.equals(zone.bound()) && zone.isProven(start));
  }

  /// Tests the stamp of the first entry.
  ///
  /// @return whether the response is to be read
  boolean accept(long micros) {
    if (!isUpstream()) {
      return true;
    }
    first = LineStamp.instant(micros);
    boolean learned = zone.learn(wallClock, first);
    zone.endAssumption();
    var early = early(learned);
    if (mayTighten && first.isBefore(early)) {
      if (learned) {
        judgement = Judgement.TOO_EARLY;
      } else if (zone.guess().isPresent()) {
        judgement = Judgement.ZONE_UNKNOWN;
      }
    } else if (first.isBefore(start.plus(NodeTimeZone.STEP))) {
      // A bound that an earlier entry shows may be one of another time of the year.
      if (mayWiden && !first.isBefore(start.minus(NodeTimeZone.STEP))) {
        zone.prove(start, first);
      }
    } else if (mayBeLate()) {
      judgement = Judgement.MAYBE_LATE;
    }
    if (judgement == Judgement.GOOD) {
      zone.use();
    }
    return judgement == Judgement.GOOD;
  }

  /// The time before which a first entry is needlessly early. A query that has slack, and all
  /// services but the first of a node, rather accept lines of an hour than ask again.
  private Instant early(boolean learned) {
    if (hasSlack || (mayWiden && zone.isUsed())) {
      return start.minus(SLACK);
    }
    return learned ? start.minus(NodeTimeZone.STEP) : start.truncatedTo(ChronoUnit.SECONDS);
  }

  private boolean isUpstream() {
    return log.query().state() == LogQuerySupport.State.ON;
  }
}
