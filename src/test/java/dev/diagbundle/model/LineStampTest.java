package dev.diagbundle.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineStampTest {
  private static final Instant PRESENT = Instant.parse("2026-11-21T03:15:04Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T02:57:31.325922864Z x|2026-11-21T02:57:31.325922Z",
        "2026-11-21T03:57:31.5+01:00 stdout F x|2026-11-21T02:57:31.500Z",
        "2026-11-21 02:57:00.000 [INFO][9000] x|2026-11-21T02:57:00Z",
        "2026-11-21 02:57:00,123 INFO x|2026-11-21T02:57:00.123Z",
        "2026/11/21 02:57:00 [error] 7#7: x|2026-11-21T02:57:00Z",
        "[2026-11-21T02:57:00Z] x|2026-11-21T02:57:00Z",
        "Nov 21 02:29:27.253775 rig-1 kubelet[1]: x|2026-11-21T02:29:27.253775Z",
        "Nov  1 02:15:00 rig-1 CRON[3001]: x|2026-11-01T02:15:00Z",
        "Dec 31 23:59:59 rig-1 x|2025-12-31T23:59:59Z",
        "I1121 01:13:00.329858    3312 kubelet.go:2412] x|2026-11-21T01:13:00.329858Z",
        "E1231 23:00:00.000001 1 x.go:1] x|2025-12-31T23:00:00.000001Z",
        "time=\"2026-11-21T01:14:00.000000538Z\" level=info|2026-11-21T01:14:00Z",
        "2026-11-21 03:57:00 +0100 [info]: #0 x|2026-11-21T02:57:00Z",
        "2026-11-21 02:57:00 - 12 x|2026-11-21T02:57:00Z",
        "web-1 - - [21/Nov/2026:03:57:00 +0100] \"GET /\" 200|2026-11-21T02:57:00Z",
        "[21/Nov/2026:02:57:00 +0000] x|2026-11-21T02:57:00Z",
        "{\"a\":{\"time\":\"2020-01-01T00:00:00Z\"},\"b\":[{\"t\":1}],\"ts\":1795229851}|2026-11-21T02:57:31Z",
        "ts=2026-11-21T01:14:00.5Z caller=x|2026-11-21T01:14:00.500Z",
        "logger=context userId=1 t=2026-11-21T02:57:31Z level=info|2026-11-21T02:57:31Z",
        "{\"level\":\"info\",\"ts\":\"2026-11-21T02:57:31.25Z\",\"msg\":\"x\"}|2026-11-21T02:57:31.250Z",
        "{\"time\": \"2026-11-21T02:57:31Z\"}|2026-11-21T02:57:31Z",
        "{\"level\":\"info\",\"ts\":1795229851.25,\"msg\":\"x\"}|2026-11-21T02:57:31.250Z",
        "11/21/2026 2:30:58 PM   326 Information   x|2026-11-21T14:30:58Z",
        "11/21/2026 12:30:58 AM  326 Information   x|2026-11-21T00:30:58Z",
        "21.11.2026 02:30:58     326 Informationen x|2026-11-21T02:30:58Z",
        "21/11/2026 02:30:58     326 Information   x|2026-11-21T02:30:58Z",
        "2026/11/21 2:30:58      326 x             x|2026-11-21T02:30:58Z"
      })
  void aTimeIsReadAsLogsSpellIt(String line, String time) {
    assertEquals(time, read(line, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- Boot 7f1f --",
        "    at com.example.Main(Main.java:1)",
        "panic: runtime error",
        "Information about x",
        "2026-13-41T99:99:99Z x",
        "9999999999999999999999",
        "11/21/2026 is a date without a time",
        "192.168.0.1 - - x",
        "Start-Date: x",
        "E9999 99:99:99.904413    4212 x.go:1] x",
        "Feb 31 25:61:61 n1 kubelet[1]: x",
        "2026-99-99T99:99:99Z x",
        "2026-01-02Tx",
        "10.0.0.1 - - [21/Foo/2026:02:57:00 +0000] x",
        "{\"id\":{\"time\":\"2026-11-21T02:57:31Z\"},\"msg\":\"no time\"}",
        "{\"msg\":\"\\\"time\\\":\\\"2026-11-21T02:57:31Z\\\"\"}",
        "{\"ts\":17952298512, \"t\":12345}",
        "I am a sentence of klog's letter"
      })
  void whatOnlyLooksLikeATimeIsNone(String line) {
    assertEquals("none", read(line, ZoneOffset.UTC));
  }

  @Test
  void aTimeWithoutAZoneIsInTheNodes() {
    var zone = ZoneOffset.ofHours(-8);
    assertEquals("2026-11-21T09:13:00Z", read("I1121 01:13:00.000000 1 x.go:1] x", zone));
    assertEquals("2026-11-21T01:13:00Z", read("2026-11-21T01:13:00Z x", zone));
    // The journal is read with --utc, whatever the node's zone is.
    assertEquals("2026-11-21T01:13:00.000001Z", read("Nov 21 01:13:00.000001 rig-1 x", zone));
  }

  @Test
  void anAmbiguousDateIsTheOneNearerToTheBundle() {
    var may = Instant.parse("2026-05-06T12:00:00Z");
    var line = "05/06/2026 11:00:00  1 Information x".getBytes(UTF_8);
    long micros = new LineStamp(may, ZoneOffset.UTC).micros(line, 0, line.length);
    assertEquals(Instant.parse("2026-05-06T11:00:00Z"), LineStamp.instant(micros));
  }

  @Test
  void onlyATimeThatStandsApartIsNoPartOfTheText() {
    var stamps = new LineStamp(PRESENT, ZoneOffset.UTC);
    var apart = "2026-11-21T02:57:31Z text".getBytes(UTF_8);
    var _ = stamps.micros(apart, 0, apart.length);
    assertEquals("text", new String(apart, stamps.length(), 4, UTF_8));
    var klog = "I1121 01:13:00.329858 1 x.go:1] x".getBytes(UTF_8);
    var _ = stamps.micros(klog, 0, klog.length);
    assertEquals(0, stamps.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T02:57:31.325922864+01:00 x|2026-11-21T02:57:31.325922864+01:00",
        "2026-11-21 02:57:00,123 - root - x|2026-11-21 02:57:00,123",
        "Nov 21 02:29:27.253775 rig-1 x|Nov 21 02:29:27.253775",
        "I1121 01:13:00.329858    3312 x.go:1] x|I1121 01:13:00.329858",
        "{\"level\":\"info\",\"ts\":\"2026-11-21T02:57:31.25Z\"}|2026-11-21T02:57:31.25Z",
        "{\"ts\":1795229851.25}|1795229851.25",
        "10.0.0.1 - - [21/Nov/2026:02:57:00 +0000] x|21/Nov/2026:02:57:00 +0000",
        "11/21/2026 2:30:58 PM   326 Information   x|11/21/2026 2:30:58 PM",
        "21.11.2026 02:30:58     326 Informationen x|21.11.2026 02:30:58"
      })
  void aTimeIsKnownAsItIsWritten(String line, String written) {
    var stamps = new LineStamp(PRESENT, ZoneOffset.UTC);
    var bytes = line.getBytes(UTF_8);
    var _ = stamps.micros(bytes, 0, bytes.length);
    assertEquals(written, stamps.written(bytes));
  }

  @Test
  void dayThatDoesNotExistIsNotTakenForAnother() {
    var stamps = new LineStamp(PRESENT, ZoneOffset.UTC);
    var day = "2026/2/28 2:30:58      326 x".getBytes(UTF_8);
    assertEquals(true, stamps.micros(day, 0, day.length) != LineStamp.NONE);
    for (String none :
        new String[] {"2026/1/128 2:30:58      326 x", "2026/2/29 2:30:58   326 x"}) {
      var line = none.getBytes(UTF_8);
      assertEquals(LineStamp.NONE, stamps.micros(line, 0, line.length), none);
    }
  }

  @Test
  void noLineMakesItFail() {
    var random = new Random(11);
    var alphabet = "0123456789-/:. TZ+IWEFNov[]{}\"ts=time,apm\\".getBytes(UTF_8);
    var stamps = new LineStamp(PRESENT, ZoneOffset.UTC);
    for (int i = 0; i < 200_000; i++) {
      var line = new byte[random.nextInt(40)];
      for (int k = 0; k < line.length; k++) {
        line[k] = alphabet[random.nextInt(alphabet.length)];
      }
      long micros = stamps.micros(line, 0, line.length);
      assertEquals(true, micros == LineStamp.NONE || stamps.length() <= line.length);
      assertEquals(true, micros == LineStamp.NONE || !stamps.written(line).isEmpty());
      // What it remembers of earlier lines changes nothing.
      var fresh = new LineStamp(PRESENT, ZoneOffset.UTC);
      assertEquals(fresh.micros(line, 0, line.length), micros);
    }
  }

  private static String read(String line, ZoneOffset zone) {
    var bytes = line.getBytes(UTF_8);
    long micros = new LineStamp(PRESENT, zone).micros(bytes, 0, bytes.length);
    return micros == LineStamp.NONE ? "none" : LineStamp.instant(micros).toString();
  }
}
