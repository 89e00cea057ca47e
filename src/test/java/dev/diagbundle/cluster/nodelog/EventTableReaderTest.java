package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventTableReaderTest {
  private static final String HEAD =
      """


         ProviderName: nssm

      TimeCreated             Id LevelDisplayName Message
      -----------             -- ---------------- -------
      """;

  private final List<EventRow> rows = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  @Test
  void rowHasTheLinesThatItsMessageIsWrappedInto() throws Exception {
    var end =
        read(
            HEAD
                + """
                11/21/2026 3:02:44 AM 1040 Warning          Service kube-proxy ran for less than
                                                            1500 milliseconds.

                                                            See the log.
                11/21/2026 3:02:45 AM 1008 Information      Get-WinEvent : No events were found


                """);
    assertEquals(
        List.of(
            """
            11/21/2026 3:02:44 AM 1040 Warning          Service kube-proxy ran for less than
                                                        1500 milliseconds.

                                                        See the log.
            """,
            "11/21/2026 3:02:45 AM 1008 Information      Get-WinEvent : No events were found\n"),
        rows.stream().map(EventRow::text).toList());
    assertEquals(
        List.of("11/21/2026 3:02:44 AM", "11/21/2026 3:02:45 AM"),
        rows.stream().map(EventRow::time).toList());
    assertEquals(HEAD.strip(), rows.getFirst().header().strip());
    assertEquals(List.of(), others);
    assertTrue(end.blankLine());
  }

  @ParameterizedTest
  @CsvSource({
    "11/21/2026 3:02:44 AM",
    "21.11.2026 03:02:44",
    "2026-11-21 03.02.44",
    "21. 11. 2026 3:02:44",
    "21 Nov 2026 3:02:44",
    "2026/11/21 上午 3:02:44",
    "2026-11-21 오전 3:02:44",
    "21/11/2026 3:02:44 π.μ.",
    "21.11.2026 г. 3:02:44 ч."
  })
  void timesOfAnyCultureAreTold(String time) throws Exception {
    int width = time.codePoints().map(c -> c > 0x2e80 ? 2 : 1).sum();
    var gap = " ".repeat(width - 11);
    read(
        "\n\n   ProviderName: nssm\n\n"
            + ("TimeCreated" + gap + "   Id LevelDisplayName Message\n")
            + ("-----------" + gap + "   -- ---------------- -------\n")
            + (time + " 1040 Information      one\n")
            + (" ".repeat(width + 23) + "two\n")
            + (time + "    7 Information      three\n\n\n"));
    assertEquals(List.of(time, time), rows.stream().map(EventRow::time).toList());
    assertEquals(List.of(), others);
  }

  @Test
  void errorsOfPowerShellAreNoRows() throws Exception {
    var error =
        """
        Get-WinEvent : Could not retrieve 1040 events.
        At line:1 char:1
        + Get-WinEvent -FilterHashtable @{LogName='Application'} -MaxEvents 1040 | Sort
        + ~~~~~~~~~~~~~
            + CategoryInfo          : NotSpecified: (:) [Get-WinEvent], Exception
            + FullyQualifiedErrorId : System.Exception,Microsoft.PowerShell.Commands.GetWinEventComm
           and
        """;
    var row = "11/21/2026 3:02:44 AM 1040 Warning          one\n";
    read(error + HEAD + row + error + row + "\n\n" + error);
    assertEquals(List.of(row, row), rows.stream().map(EventRow::text).toList());
    assertEquals(3 * error.lines().count(), others.size());
  }

  @Test
  void messageCannotPassForAnythingElse() throws Exception {
    var hostile =
        List.of(
            "   ProviderName: other",
            "TimeCreated Id LevelDisplayName Message",
            "----------- -- ---------------- -------",
            "11/21/2026 3:02:44 AM 1040 Warning          forged",
            "Get-WinEvent : No events were found",
            "    + FullyQualifiedErrorId : NoMatchingEventsFound,x");
    var text = new StringBuilder(HEAD + "11/21/2026 3:02:44 AM 1040 Warning          one\n");
    hostile.forEach(line -> text.append(" ".repeat(44)).append(line).append('\n'));
    read(text + "\n\n");
    assertEquals(1, rows.size());
    assertEquals(List.of(), others);
  }

  @Test
  void rowThatMayBeCutOffIsNotHandedOver() throws Exception {
    var end = read(HEAD + "11/21/2026 3:02:44 AM 1040 Warning          one two thr");
    assertEquals(List.of(), rows);
    assertFalse(end.wholeLine());
    assertEquals("11/21/2026 3:02:44 AM", end.last().orElseThrow().time());
  }

  @Test
  void fingerprintDoesNotDependOnTheWidthOfTheTable() throws Exception {
    read(
        HEAD
            + "11/21/2026 3:02:44 AM 1040 Warning          one two three\n\n\n"
            + HEAD.replace("             Id", "              Id")
                .replace("             --", "              --")
            + "11/21/2026 3:02:44 AM  1040 Warning          one\n"
            + " ".repeat(45)
            + "two three\n"
            + "11/21/2026 3:02:44 AM  1040 Warning          one two\n\n\n");
    assertEquals(3, rows.size());
    assertEquals(rows.get(0).fingerprint(), rows.get(1).fingerprint());
    assertFalse(rows.get(1).fingerprint().equals(rows.get(2).fingerprint()));
  }

  @Test
  void endlessLineIsHeldInPartsOnly() throws Exception {
    long letters = 50_000_000;
    var flood =
        new Reader() {
          private final Reader head =
              new StringReader(HEAD + "1/1/2026 3:02:44 AM   1040 Error            ");
          private long left = letters;

          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            int read = head.read(buffer, offset, length);
            if (read >= 0 || left == 0) {
              return read;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(buffer, offset, offset + count, 'x');
            left -= count;
            return count;
          }

          @Override
          public void close() {}
        };
    var sizes = new ArrayList<Integer>();
    EventTableReader.read(
        flood,
        new EventTableReader.Sink() {
          @Override
          public void row(EventRow row) {
            sizes.add(row.text().length());
          }

          @Override
          public void other(String line) {
            others.add(line);
          }
        });
    assertTrue(sizes.stream().allMatch(size -> size < 1 << 20), sizes.toString());
    assertTrue(sizes.stream().mapToLong(size -> size).sum() > letters - (1 << 20));
    assertEquals(List.of(), others);
  }

  private EventTableReader.End read(String text) throws IOException {
    var sink =
        new EventTableReader.Sink() {
          @Override
          public void row(EventRow row) {
            rows.add(row);
          }

          @Override
          public void other(String line) {
            others.add(line);
          }
        };
    var end = EventTableReader.read(new StringReader(text.replace("\n", "\r\n")), sink);
    if (end.blankLine()) {
      end.last().ifPresent(rows::add);
    }
    return end;
  }
}
