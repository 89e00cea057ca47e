package dev.diagbundle.cluster.podlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerFileLinesTest {
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-11-21T03:00:00Z"), Instant.parse("2026-11-21T04:00:00Z"));
  private static final String T = "2026-11-21T03:00:0";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ContainerFileLines lines = new ContainerFileLines(WINDOW, false, out);

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T03:00:01.127594518Z, 2026-11-21T03:00:01.127594518Z",
    "2026-11-21T03:00:01.5Z,         2026-11-21T03:00:01.500000000Z",
    "2026-11-21T03:00:01Z,           2026-11-21T03:00:01.000000000Z",
    "2026-11-21T03:00:01.5+00:00,    2026-11-21T03:00:01.500000000Z",
    "2026-11-21T04:00:01.5+01:00,    2026-11-21T04:00:01.500000000+01:00"
  })
  void stampIsSpelledAsKubectlSpellsIt(String stamp, String shown) throws Exception {
    assertEquals(shown + " a b\n", read(stamp + " stdout F a b\n"));
  }

  @Test
  void bothFormatsComeOutTheSame() throws Exception {
    var expected =
        T + "1.000000000Z one\n" + T + "2.000000000Z \n" + T + "3.000000000Z \t\"x\" é\n";
    assertEquals(
        expected,
        read(T + "1Z stdout F one\n" + T + "2Z stderr F \n" + T + "3Z stdout F:x \t\"x\" é\n"));
    assertEquals(
        expected,
        again(
            "{\"log\":\"one\\n\",\"stream\":\"stdout\",\"time\":\""
                + T
                + "1Z\"}\n"
                + "{\"log\":\"\\n\",\"stream\":\"stderr\",\"time\":\""
                + T
                + "2Z\"}\n"
                + "{\"log\":\"\\t\\\"x\\\" \\u00e9\\n\",\"stream\":\"stdout\",\"attrs\":{\"a\":\"b\"},"
                + "\"time\":\""
                + T
                + "3Z\"}\n"));
  }

  @Test
  void windowIsHalfOpen() throws Exception {
    assertEquals(
        "2026-11-21T03:00:00.000000000Z first\n2026-11-21T03:59:59.999999999Z last\n",
        read(
            """
            2026-11-21T02:59:59.999999999Z stdout F before
            2026-11-21T03:00:00Z stdout F first
            2026-11-21T03:59:59.999999999Z stdout F last
            2026-11-21T04:00:00Z stdout F behind
            """));
    assertEquals(2, lines.kept());
    assertEquals(Instant.parse("2026-11-21T02:59:59.999999999Z"), lines.first().orElseThrow());
  }

  @Test
  void lineThatStandsBehindAYoungerOneIsNotLost() throws Exception {
    assertEquals(
        "2026-11-21T03:59:59.999000000Z late\n",
        read(
            """
            2026-11-21T04:00:00.001Z stderr F younger
            2026-11-21T03:59:59.999Z stdout F late
            """));
  }

  @Test
  void nothingIsReadLongBehindTheWindow() throws Exception {
    var text =
        "2026-11-21T03:00:00Z stdout F in\n" + "2026-11-21T04:01:00Z stdout F x\n".repeat(10_000);
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    lines.copy(in);
    assertEquals("2026-11-21T03:00:00.000000000Z in\n", out.toString(StandardCharsets.UTF_8));
    assertTrue(lines.stopped());
    assertTrue(in.available() > 100_000, "left: " + in.available());
  }

  @Test
  void partsAreOneLineWithTheFirstStamp() throws Exception {
    assertEquals(
        T + "1.000000000Z abc\n" + T + "4.000000000Z d\n",
        read(
            T
                + "1Z stdout P a\n"
                + T
                + "2Z stdout P b\n"
                + T
                + "3Z stdout F c\n"
                + T
                + "4Z stdout F d\n"));
    assertEquals(2, lines.kept());
  }

  @Test
  void recordsOfDockerWithoutALineFeedAreParts() throws Exception {
    assertEquals(
        T + "1.000000000Z ab\n",
        read(
            "{\"log\":\"a\",\"stream\":\"stdout\",\"time\":\""
                + T
                + "1Z\"}\n"
                + "{\"log\":\"b\\n\",\"stream\":\"stdout\",\"time\":\""
                + T
                + "2Z\"}\n"));
  }

  @Test
  void partsOfTwoStreamsInTurnAreTwoLines() throws Exception {
    assertEquals(
        T + "1.000000000Z abc\n" + T + "2.000000000Z xyz\n" + T + "6.000000000Z whole\n",
        read(
            T
                + "1Z stdout P a\n"
                + T
                + "2Z stderr P x\n"
                + T
                + "3Z stdout P b\n"
                + T
                + "4Z stderr P y\n"
                + T
                + "5Z stdout F c\n"
                + T
                + "6Z stdout F whole\n"
                + T
                + "7Z stderr F z\n"));
    assertEquals(3, lines.kept());
    assertEquals(0, lines.split());
  }

  @Test
  void wholeLinesOfTheOtherStreamFollowTheLineThatTheyInterrupt() throws Exception {
    assertEquals(
        T + "1.000000000Z ab\n" + T + "2.000000000Z e1\n" + T + "3.000000000Z e2\n",
        read(
            T
                + "1Z stdout P a\n"
                + T
                + "2Z stderr F e1\n"
                + T
                + "3Z stderr F e2\n"
                + T
                + "4Z stdout F b\n"));
  }

  @Test
  void lineThatWaitsTooLongIsEndedAndThatIsCounted() throws Exception {
    var noise = T + "2Z stderr F " + "e".repeat(1000) + "\n";
    int count = LineAssembler.MAX_HELD_BYTES / 1000 + 10;
    var text = read(T + "1Z stdout P begun\n" + noise.repeat(count) + T + "3Z stdout F ended\n");
    var read = text.lines().toList();
    assertEquals(T + "1.000000000Z begun", read.getFirst());
    assertEquals(T + "3.000000000Z ended", read.getLast());
    assertEquals(count + 2, read.size());
    assertEquals(1, lines.split());
    assertEquals(count, read.stream().filter(line -> line.endsWith("eee")).count());
  }

  @Test
  void lineBegunInTheWindowIsWholeThoughItEndsBehindIt() throws Exception {
    assertEquals(
        "2026-11-21T03:59:59.000000000Z ab\n",
        read(
            """
            2026-11-21T03:59:59Z stdout P a
            2026-11-21T04:30:00Z stderr F other
            2026-11-21T04:30:00Z stdout F b
            2026-11-21T04:31:00Z stdout F c
            """));
  }

  @Test
  void lineBegunBeforeTheWindowIsLeftOutWhole() throws Exception {
    assertEquals(
        T + "1.000000000Z c\n",
        read("2026-11-21T02:59:59Z stdout P a\n" + T + "0Z stdout F b\n" + T + "1Z stdout F c\n"));
  }

  @Test
  void unfinishedLineEndsWithTheFile() throws Exception {
    assertEquals(T + "1.000000000Z a\n", read(T + "1Z stdout P a\n"));
    assertEquals(T + "1.000000000Z a\n", again(T + "1Z stdout F a"));
    assertEquals(
        T + "1.000000000Z a\n" + T + "2.000000000Z b\n",
        again(T + "1Z stdout P a\n" + T + "2Z stderr P b\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no format at all",
        "2026-11-21T03:00:01Z stdin F text",
        "2026-11-21T03:00:01Z stdout",
        "yesterday stdout F text",
        "{\"level\":\"info\",\"time\":\"2026-11-21T03:00:01Z\"}",
        "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"time\":\"soon\"}",
        "{\"log\":\"torn",
        "{",
        "\0\0\0\0",
        ""
      })
  void lineInNoKnownFormatIsKeptAsItIsAndCounted(String line) throws Exception {
    assertEquals(
        T + "1.000000000Z a\n" + line + "\n" + T + "2.000000000Z b\n",
        read(T + "1Z stdout F a\n" + line + "\n" + T + "2Z stdout F b\n"));
    assertEquals(1, lines.unknown());
  }

  @Test
  void unknownLineBehindTheWindowIsLeftOutWithTheLineBeforeIt() throws Exception {
    assertEquals("", read("2026-11-21T02:00:00Z stdout F a\nodd\n"));
    assertEquals(0, lines.unknown());
  }

  @Test
  void lineWhoseBeginningWasNotReadIsDropped() throws Exception {
    lines = new ContainerFileLines(WINDOW, true, out);
    assertEquals(T + "1.000000000Z b\n", read("of a line\n" + T + "1Z stdout F b\n"));
  }

  @Test
  void anyCutOfTheInputGivesTheSame() throws Exception {
    var text =
        T
            + "1Z stdout P a\n"
            + T
            + "2Z stderr F é\nodd\n"
            + "{\"log\":\"j\\n\",\"stream\":\"stdout\",\"time\":\""
            + T
            + "3Z\"}\n"
            + T
            + "4Z stdout F "
            + "x".repeat(300)
            + "\n";
    var expected = read(text);
    for (int size = 1; size < 40; size++) {
      out.reset();
      lines = new ContainerFileLines(WINDOW, false, out);
      lines.copy(new Chunked(text.getBytes(StandardCharsets.UTF_8), size));
      assertEquals(expected, out.toString(StandardCharsets.UTF_8), "chunks of " + size);
    }
  }

  private String read(String text) throws IOException {
    lines.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return out.toString(StandardCharsets.UTF_8);
  }

  private String again(String text) throws IOException {
    out.reset();
    lines = new ContainerFileLines(WINDOW, false, out);
    return read(text);
  }

  private static final class Chunked extends InputStream {
    private final ByteArrayInputStream in;
    private final int size;

    Chunked(byte[] bytes, int size) {
      this.in = new ByteArrayInputStream(bytes);
      this.size = size;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int from, int count) {
      return in.read(buffer, from, Math.min(size, count));
    }
  }
}
