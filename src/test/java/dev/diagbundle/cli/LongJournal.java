package dev.diagbundle.cli;

import dev.diagbundle.serve.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The kubelet's journal of a node, as long as wanted: lines of the last hour, evenly spaced.
final class LongJournal {
  static final int LINE_BYTES = 200;

  private static final long MICROS = 3_600_000_000L;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Instant start;
  private final long lines;

  /// @param now the end of the journal
  LongJournal(Instant now, long bytes) {
    this.start = now.minusSeconds(3600);
    this.lines = bytes / LINE_BYTES;
  }

  /// The bytes of the whole journal.
  long bytes() {
    return lines * LINE_BYTES;
  }

  /// Answers a log query.
  void answer(Exchange exchange) throws IOException {
    var query = exchange.request().query();
    if (query.first("query").orElse("").isEmpty()) {
      exchange.sendError(400, "query: Invalid value: [\"\"]: query cannot be empty");
      return;
    }
    var since = OffsetDateTime.parse(query.first("sinceTime").orElseThrow());
    long from =
        Math.ceilDiv(
            Math.max(0, since.toInstant().toEpochMilli() - start.toEpochMilli()) * 1000 * lines,
            MICROS);
    try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
      var line = ("Nov 21 00:00:00.000000 n01 kubelet[1]: " + "x".repeat(LINE_BYTES)).toCharArray();
      var bytes = new String(line, 0, LINE_BYTES - 1).concat("\n").getBytes(StandardCharsets.UTF_8);
      long second = -1;
      for (long i = from; i < lines; i++) {
        long micros = i * MICROS / lines;
        if (micros / 1_000_000 != second) {
          second = micros / 1_000_000;
          var text = SECOND.format(start.plusSeconds(second)).getBytes(StandardCharsets.UTF_8);
          System.arraycopy(text, 0, bytes, 0, text.length);
        }
        digits(bytes, 16, 6, micros % 1_000_000);
        digits(bytes, 40, 20, i);
        // Not to be compressed away.
        digits(bytes, 70, 19, (i * 0x9E3779B97F4A7C15L) >>> 1);
        digits(bytes, 100, 19, (i * 0xC2B2AE3D27D4EB4FL) >>> 1);
        out.write(bytes);
      }
    }
  }

  private static void digits(byte[] line, int at, int count, long number) {
    long rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      line[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
