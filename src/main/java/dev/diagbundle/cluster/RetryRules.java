package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// The rules that decide on a retry and its delay. A request that cannot succeed is not repeated: a
/// refusal by rule, a missing object, a certificate that is not accepted, a kubelet handler that
/// panicked at this very request.
final class RetryRules {
  private static final int MAX_THROTTLED_ATTEMPTS = 5;
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(60);

  /// Go's messages for permanent errors: names and certificates do not recover in seconds.
  private static final Pattern LASTING =
      Pattern.compile(
          "x509: |tls: |no preferred addresses found|no such host"
              + "|server gave HTTP response to HTTPS client");

  /// The messages of errors before the request was sent, or before it reached the kubelet.
  private static final Pattern NOT_ASKED =
      Pattern.compile(
          "(?i)dial tcp|connection refused|no route to host|handshake|failed to connect"
              + "|connect timed out|unknown host|no preferred addresses|x509: |tls: "
              + "|No agent available");

  private RetryRules() {}

  /// The delay before the next attempt; empty if there is none.
  ///
  /// @param attempt the number of the attempt that failed, from 1
  /// @param retryAfter the delay in the response's `Retry-After` header
  static Optional<Duration> delay(
      RequestFailedException refusal,
      int attempt,
      RequestOrigin caller,
      Optional<Duration> retryAfter) {
    if (refusal.status() == 429) {
      return attempt < MAX_THROTTLED_ATTEMPTS
          ? Optional.of(jittered(retryAfter.orElse(backOff(attempt))))
          : Optional.empty();
    }
    if (!mayPass(refusal) || attempt > caller.retries()) {
      return Optional.empty();
    }
    return Optional.of(jittered(backOff(attempt)));
  }

  /// The delay in the header `Retry-After` (RFC 9110 section 10.2.3: seconds, or a date), within
  /// bounds.
  ///
  /// @param present now, by the clock of the server that sent it
  static Optional<Duration> retryAfter(String header, Instant present) {
    var text = header.strip();
    try {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    } catch (NumberFormatException e) {
      return date(text).map(time -> bounded(Duration.between(present, time)));
    }
  }

  /// Returns whether a log query that failed in this way may still be running on its node.
  static boolean mayStillRun(RequestFailedException refusal) {
    boolean lost =
        refusal.status() == 0
            || refusal.status() == 502
            || refusal.status() == 504
            || (refusal.status() == 503 && !ErrorClassifier.isHandlerPanic(refusal.getMessage()));
    return lost && !NOT_ASKED.matcher(refusal.getMessage()).find();
  }

  private static boolean mayPass(RequestFailedException refusal) {
    if (LASTING.matcher(refusal.getMessage()).find()) {
      return false;
    }
    return refusal.reason() == Reason.UNREACHABLE
        || refusal.status() == 502
        || refusal.status() == 504
        || (refusal.status() == 503 && !ErrorClassifier.isHandlerPanic(refusal.getMessage()));
  }

  /// The delay of the exponential back-off: 2 s, then 8 s.
  private static Duration backOff(int attempt) {
    return Duration.ofSeconds(attempt == 1 ? 2 : 8);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
      return Duration.ofSeconds(1);
    }
    return wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
  }

  /// The delay with up to a quarter added, so that many callers do not retry at once.
  private static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1));
  }
}
