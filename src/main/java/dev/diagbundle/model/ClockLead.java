package dev.diagbundle.model;

import module java.base;

/// The lead of a node's clock over the API server's, as far as it is known: negative if it is
/// behind.
///
/// @param least lower bound
/// @param most upper bound
public record ClockLead(Duration least, Duration most) {
  /// A clock of which nothing is known.
  public static final ClockLead UNKNOWN =
      new ClockLead(Duration.ofDays(-100_000), Duration.ofDays(100_000));

  /// The error of the API server's own clock as known here: its `Date` header has whole seconds.
  private static final Duration ERROR = Duration.ofSeconds(1);

  public ClockLead {
    if (least.compareTo(most) > 0) {
      throw new IllegalArgumentException("lead from " + least + " to " + most);
    }
  }

  /// The lead according to a response of the node, whose `Date` was written at some time between
  /// the request and the end of the response, and has whole seconds.
  ///
  /// @param sent time of the request, by the API server's clock
  /// @param received time of the response, by the API server's clock
  public static ClockLead ofResponse(Instant date, Instant sent, Instant received) {
    return new ClockLead(
        Duration.between(received, date).minus(ERROR),
        Duration.between(sent, date.plusSeconds(1)).plus(ERROR));
  }

  /// A lead that is known exactly.
  public static ClockLead of(Duration lead) {
    return new ClockLead(lead, lead);
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }

  /// Both together. If they contradict each other, the clock was set in between, and both are
  /// possible.
  public ClockLead and(ClockLead other) {
    var low = longer(least, other.least);
    var high = shorter(most, other.most);
    return low.compareTo(high) <= 0
        ? new ClockLead(low, high)
        : new ClockLead(shorter(least, other.least), longer(most, other.most));
  }

  /// Returns whether the clocks differ.
  public boolean isSkewed() {
    return least.isPositive() || most.isNegative();
  }

  /// The middle of the bounds; zero if the clocks may agree.
  public Duration usual() {
    return isSkewed() ? least.plus(most).dividedBy(2) : Duration.ZERO;
  }

  /// The window by the node's clock: at least everything that the node stamped in it.
  public TimeWindow window(TimeWindow window) {
    if (!isSkewed()) {
      return window;
    }
    var to = window.isOpen() ? window.to() : window.to().plus(most);
    return new TimeWindow(window.from().plus(least), to);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
