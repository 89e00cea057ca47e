package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gigabyte of one service's log, by a process of its own in a small heap. The node's zone is not
/// UTC, and the first answers are cut, so the whole of the walk takes part.
final class LargeLogIT {
  private static final long BYTES = Long.getLong("large.bytes", 1_000_000_000L);
  private static final int LINE_BYTES = 200;
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:04Z");
  private static final long LINES = BYTES / LINE_BYTES;
  private static final long MICROS_BETWEEN = 5L * 3600 * 1_000_000 / LINES;
  private static final ZoneOffset ZONE = ZoneOffset.ofHoursMinutes(5, 30);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final AtomicInteger cuts = new AtomicInteger();

  @TempDir private Path folder = Path.of("");

  @Test
  void gigabyteOfOneLogFitsIntoASmallHeap() throws Exception {
    var profile =
        Files.writeString(
            folder.resolve("large.yaml"),
            """
            apiVersion: diagbundle.dev/v1
            kind: Profile
            name: large
            description: One large log
            window: 6h
            nodes: { names: [rig-1] }
            collect:
              - nodeLogs: { services: [kubelet] }
            limits: { item: 20GiB, bundle: 20GiB }
            """);
    var file = folder.resolve("large.tar.gz");
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().contains("/rig-1/proxy/logs/")
                    ? Optional.of(this::answer)
                    : Optional.empty());
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var process = collect(profile, file, server.url().toString());
      assertTrue(process.waitFor(9, TimeUnit.MINUTES), "still running");
      assertEquals(0, process.exitValue(), Files.readString(folder.resolve("output")));
    }
    assertEquals(3, cuts.get());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(new Outcome.Collected(), outcome(bundle, "nodeLogs/rig-1/kubelet"));
      var entry =
          bundle.manifest().entries().stream()
              .filter(one -> one.path().value().endsWith("services/kubelet.log"))
              .findFirst()
              .orElseThrow();
      assertEquals(LINES * LINE_BYTES, entry.bytes());
    }
  }

  private Process collect(Path profile, Path file, String server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
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
    if (exchange.request().query().first("query").orElse("").isEmpty()) {
      exchange.sendError(400, "query: Invalid value: [\"\"]: query cannot be empty");
      return;
    }
    long from = Math.max(0, Math.ceilDiv(micros(since(exchange.request())), MICROS_BETWEEN));
    boolean cut = LINES - from > LINES / 2 && cuts.get() < 3;
    long to = cut ? from + LINES / 6 : LINES;
    try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
      var lines = new Lines();
      for (long i = from; i < to; i++) {
        out.write(lines.line(i), 0, cut && i == to - 1 ? LINE_BYTES / 2 : LINE_BYTES);
      }
    }
    // An answer that was ended by its reader has thrown.
    if (cut) {
      cuts.incrementAndGet();
    }
  }

  private static Instant since(ServerRequest request) {
    var text = request.query().first("sinceTime").orElseThrow();
    return OffsetDateTime.parse(text).toLocalDateTime().toInstant(ZONE);
  }

  /// From the first line on.
  private static long micros(Instant instant) {
    return (instant.getEpochSecond() - NOW.getEpochSecond() + 5L * 3600) * 1_000_000;
  }

  /// Written by hand: five million lines are not to be formatted one by one.
  private static final class Lines {
    private final byte[] line = new byte[LINE_BYTES];
    private long second = Long.MIN_VALUE;

    byte[] line(long number) {
      long micros = number * MICROS_BETWEEN;
      if (micros / 1_000_000 != second) {
        second = micros / 1_000_000;
        var text = SECOND.format(NOW.minusSeconds(5L * 3600).plusSeconds(second));
        put(0, text + ".000000 rig-1 kubelet[1]: ");
        put(60, "x".repeat(LINE_BYTES - 61) + "\n");
      }
      digits(16, 6, micros % 1_000_000);
      digits(40, 20, number);
      digits(100, 20, (number * 0x9E3779B97F4A7C15L) >>> 1);
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
