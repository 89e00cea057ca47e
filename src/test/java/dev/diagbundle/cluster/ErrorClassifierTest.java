package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The end of the run and a body that breaks off are told apart in one way.
final class ErrorClassifierTest {
  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void interruptIsNoBreakOff() {
    assertEquals(Optional.empty(), breakOff(new InterruptedIOException("interrupted")));
    assertEquals(Optional.empty(), breakOff(new ClosedByInterruptException()));
  }

  @Test
  void silenceAndResetAreBreakOffs() {
    var silence = new SocketTimeoutException("timeout");
    assertEquals(Optional.of(silence), breakOff(silence));
    var reset = new SocketException("Connection reset");
    assertEquals(Optional.of(reset), breakOff(reset));
  }

  @Test
  void whateverFailsInAnInterruptedThreadIsNoBreakOff() {
    Thread.currentThread().interrupt();
    assertEquals(Optional.empty(), breakOff(new SocketException("Socket closed")));
  }

  private static Optional<IOException> breakOff(IOException failure) {
    var broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] buffer, int from, int count) throws IOException {
            throw failure;
          }
        };
    var body = new FailureRecordingInputStream(broken);
    assertEquals(failure, assertThrows(IOException.class, body::read));
    assertEquals(Optional.of(failure), body.failure());
    return body.breakOff();
  }
}
