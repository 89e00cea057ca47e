package dev.diagbundle.cluster.podlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of any length and inputs that fail.
final class ContainerFileStreamTest {
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-11-21T03:00:00Z"), Instant.parse("2026-11-21T04:00:00Z"));
  private static final String T = "2026-11-21T03:00:0";

  @ParameterizedTest
  @ValueSource(strings = {T + "1Z stdout F ", "{\"log\":\"", "no format "})
  void lineOfAnyLengthFlowsThrough(String head) throws Exception {
    long length = 50L << 20;
    var in = new Endless(head.getBytes(StandardCharsets.UTF_8), length);
    var counter = new Behind(in);
    var lines = new ContainerFileLines(WINDOW, false, counter);
    lines.copy(in);
    // What is read and not yet written is what is held.
    assertTrue(counter.most <= ContainerFileLines.MAX_RECORD_BYTES + (32 << 10), "" + counter.most);
    assertTrue(counter.written >= length, "written: " + counter.written);
  }

  @Test
  void partsThatGoOnForEverFlowThroughAndHoldLittleBack() throws Exception {
    var part = (T + "1Z stdout P " + "x".repeat(16_000) + "\n" + T + "1Z stderr P y\n");
    var in = new Repeated(part.getBytes(StandardCharsets.UTF_8), 3_000);
    var counter = new Behind(in);
    var lines = new ContainerFileLines(WINDOW, false, counter);
    lines.copy(in);
    // Of each part the head is dropped, so this counts more than is held.
    long dropped = 3_000L * 2 * (T + "1Z stdout P \n").length();
    assertTrue(
        counter.most <= LineAssembler.MAX_HELD_BYTES + (32 << 10) + dropped, "" + counter.most);
    assertEquals(2, lines.kept());
  }

  @Test
  void whatCameBeforeTheInputFailedIsWritten() {
    var out = new ByteArrayOutputStream();
    var lines = new ContainerFileLines(WINDOW, false, out);
    var came = T + "1Z stdout P a\n" + T + "2Z stderr F held\n";
    var in =
        new SequenceInputStream(
            new ByteArrayInputStream(came.getBytes(StandardCharsets.UTF_8)), new Failing());
    var failure = assertThrows(IOException.class, () -> lines.copy(in));
    assertEquals("reset", failure.getMessage());
    assertEquals(
        T + "1.000000000Z a\n" + T + "2.000000000Z held\n", out.toString(StandardCharsets.UTF_8));
  }

  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("reset");
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      throw new IOException("reset");
    }
  }

  /// Counts what was handed out.
  private abstract static class Counted extends InputStream {
    long given;

    @Override
    public abstract int read(byte[] buffer, int from, int count);

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }
  }

  /// One line that does not end before its length.
  private static final class Endless extends Counted {
    private final byte[] head;
    private final long length;

    Endless(byte[] head, long length) {
      this.head = head.clone();
      this.length = length;
    }

    @Override
    public int read(byte[] buffer, int from, int count) {
      if (given > length) {
        return -1;
      }
      for (int i = 0; i < count; i++, given++) {
        buffer[from + i] = given < head.length ? head[(int) given] : (byte) 'x';
      }
      return count;
    }
  }

  private static final class Repeated extends Counted {
    private final byte[] text;
    private final long length;

    Repeated(byte[] text, int times) {
      this.text = text.clone();
      this.length = (long) text.length * times;
    }

    @Override
    public int read(byte[] buffer, int from, int count) {
      if (given >= length) {
        return -1;
      }
      int part = (int) Math.min(count, length - given);
      for (int i = 0; i < part; i++, given++) {
        buffer[from + i] = text[(int) (given % text.length)];
      }
      return part;
    }
  }

  /// Measures how far the output is behind the input.
  private static final class Behind extends OutputStream {
    private final Counted in;
    long written;
    long most;

    Behind(Counted in) {
      this.in = in;
    }

    @Override
    public void write(int b) {
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      most = Math.max(most, in.given - written);
      written += count;
    }
  }
}
