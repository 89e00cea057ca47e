package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
  @Test
  void closingDoesNotWaitForTheDeadline() {
    var reached = new AtomicBoolean();
    try (var _ = new Deadline(Duration.ofMinutes(10), () -> reached.set(true))) {
      assertFalse(reached.get());
    }
    assertFalse(reached.get());
  }
}
