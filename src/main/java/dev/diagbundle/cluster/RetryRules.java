package dev.diagbundle.cluster;

import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Which failures are tried again, and after how long. What cannot succeed is not repeated: a
/// refusal by rule, a missing object, a kubelet handler that died of the very question.
final class RetryRules {
  private static final int MAX_THROTTLED_ATTEMPTS = 5;
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(60);

  private RetryRules() {}

  /// How long to wait before the next attempt; empty if there is to be none.
  ///
  /// @param attempt the number of the attempt that failed, from 1
  /// @param retryAfter the answer's `Retry-After` header
  static Optional<Duration> delay(
      RefusedException refusal, int attempt, Caller caller, Optional<String> retryAfter) {
    if (refusal.status() == 429) {
      return attempt < MAX_THROTTLED_ATTEMPTS
          ? Optional.of(jittered(retryAfter.flatMap(RetryRules::seconds).orElse(backOff(attempt))))
          : Optional.empty();
    }
    boolean mayPass =
        refusal.reason() == Reason.UNREACHABLE
            || refusal.status() == 502
            || refusal.status() == 504
            || (refusal.status() == 503 && !Refusals.isHandlerPanic(refusal.getMessage()));
    if (!mayPass || attempt > caller.retries()) {
      return Optional.empty();
    }
    return Optional.of(jittered(backOff(attempt)));
  }

  /// 2 s, then 8 s.
  private static Duration backOff(int attempt) {
    return Duration.ofSeconds(attempt == 1 ? 2 : 8);
  }

  private static Optional<Duration> seconds(String retryAfter) {
    try {
      var wait = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.strip())));
      return Optional.of(wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Up to a quarter more, so that many callers do not come back at once.
  private static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 4 + 1));
  }
}
