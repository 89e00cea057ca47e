package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal of a service that is ten times as long as the limit of its item, collected by a
/// process that has 64 MB of heap. The kubelet truncates its first responses.
@Tag("heap")
final class CollectLongJournalTest {
  private static final long BYTES = Long.getLong("long.bytes", 200_000_000L);
  private static final long LIMIT = 20L << 20;
  private static final int LINE_BYTES = 200;
  private static final long LINES = BYTES / LINE_BYTES;
  private static final long FIRST_ERROR = LINES * 3 / 10;
  private static final long NEWEST_ERROR = LINES * 6 / 10;
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:04Z");
  private static final Instant START = NOW.minusSeconds(5 * 3600);
  private static final long MICROS_BETWEEN = 5L * 3600 * 1_000_000 / LINES;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final AtomicInteger cuts = new AtomicInteger();

  @TempDir private Path folder = Path.of("");

  @Test
  void newestLinesAndBothErrorsAreKeptIn64MegabytesOfHeap() throws Exception {
    var profile =
        Files.writeString(
            folder.resolve("long.yaml"),
            """
            apiVersion: diagbundle.dev/v1
            kind: Profile
            name: long
            description: One long journal
            window: 6h
            nodes: { names: [rig-1] }
            collect:
              - nodeLogs: { services: [kubelet] }
            limits: { item: 20MiB }
            """);
    var target = folder.resolve("long.tar.gz");
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().contains("/rig-1/proxy/logs/")
                    ? Optional.of(this::answer)
                    : Optional.empty());
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var process = collect(profile, target, server.url().toString());
      try {
        assertTrue(process.waitFor(250, TimeUnit.SECONDS), "the run does not end");
      } finally {
        process.destroyForcibly();
      }
      var output = Files.readString(folder.resolve("output"));
      assertEquals(ExitCode.INCOMPLETE, process.exitValue(), output);
    }
    assertEquals(2, cuts.get());
    try (var bundle = BundleReader.open(target)) {
      var words = outcome(bundle, "nodeLogs/rig-1/kubelet").words();
      assertEquals(
          Reason.LIMIT, outcome(bundle, "nodeLogs/rig-1/kubelet").why().orElseThrow(), words);
      assertTrue(
          words.startsWith("truncated at the item's limit of " + ByteSize.format(LIMIT)), words);
      assertTrue(words.contains("of %,d lines omitted".formatted(LINES)), words);
      // The spans before, between and behind the errors.
      assertEquals(3, words.split(" to Nov ", -1).length - 1, words);
      check(bundle);
    }
  }

  /// Every line is there, or is counted by a marker in its place.
  private static void check(BundleReader bundle) throws IOException {
    var entry =
        bundle.manifest().entries().stream()
            .filter(one -> one.path().value().endsWith("services/kubelet.log"))
            .findFirst()
            .orElseThrow();
    assertTrue(entry.bytes() <= LIMIT && entry.bytes() > LIMIT * 95 / 100, "" + entry.bytes());
    long next = 0;
    var errors = new ArrayList<Long>();
    try (var in =
        new BufferedReader(new InputStreamReader(bundle.open(entry), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("[diagbundle: ")) {
          next += Long.parseLong(line.substring(13, line.indexOf(" lines")).replace(",", ""));
          continue;
        }
        assertEquals(next, Long.parseLong(line.substring(44, 64)), line);
        if (line.contains("\tERROR\t")) {
          errors.add(next);
        }
        next++;
      }
    }
    assertEquals(LINES, next);
    assertEquals(List.of(FIRST_ERROR, NEWEST_ERROR), errors);
  }

  private Process collect(Path profile, Path file, String server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + System.getProperty("diagbundle.heap", "64m"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.diagbundle.cli.Main",
            "collect",
            "-q",
            "-p",
            profile.toString(),
            "--kubeconfig",
            kubeconfig(folder, server, "", "token: abc").toString(),
            "-o",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void answer(Exchange exchange) throws IOException {
    var query = exchange.request().query();
    if (query.first("query").orElse("").isEmpty()) {
      exchange.sendError(400, "query: Invalid value: [\"\"]: query cannot be empty");
      return;
    }
    var since =
        OffsetDateTime.parse(query.first("sinceTime").orElseThrow())
            .toLocalDateTime()
            .toInstant(ZoneOffset.UTC);
    long micros = Math.max(0, since.getEpochSecond() - START.getEpochSecond()) * 1_000_000;
    long from = Math.ceilDiv(micros, MICROS_BETWEEN);
    boolean cut = LINES - from > LINES / 2 && cuts.get() < 2;
    long to = cut ? from + LINES * 2 / 5 : LINES;
    var lines = new Lines();
    try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
      for (long i = from; i < to; i++) {
        out.write(lines.line(i), 0, cut && i == to - 1 ? LINE_BYTES / 2 : LINE_BYTES);
      }
    }
    // A response that was closed by its reader has thrown.
    if (cut) {
      cuts.incrementAndGet();
    }
  }

  /// Lines made by hand: a million of them are not to be formatted one by one.
  private static final class Lines {
    private final byte[] line = new byte[LINE_BYTES];
    private long second = Long.MIN_VALUE;

    byte[] line(long number) {
      long micros = number * MICROS_BETWEEN;
      if (micros / 1_000_000 != second) {
        second = micros / 1_000_000;
        put(0, SECOND.format(START.plusSeconds(second)) + ".000000 rig-1 kubelet[1]:");
        put(40, " ".repeat(LINE_BYTES - 41) + "\n");
      }
      digits(16, 6, micros % 1_000_000);
      digits(44, 20, number);
      boolean error = number == FIRST_ERROR || number == NEWEST_ERROR;
      put(64, error ? "\tERROR\tbroken" : "\tINFO\tworking");
      digits(100, 19, (number * 0x9E3779B97F4A7C15L) >>> 1);
      return line;
    }

    private void put(int at, String text) {
      var bytes = text.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(bytes, 0, line, at, bytes.length);
    }

    private void digits(int at, int count, long number) {
      long rest = number;
      for (int i = at + count - 1; i >= at; i--) {
        line[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }
}
