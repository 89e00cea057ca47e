package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.testing.WholeBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many large logs into a bundle that has room for an eightieth of them, by a process of its own in
/// a small heap. With `-Dsmall.bytes=2000000000`, two gigabytes into 25 MB.
final class SmallBundleIT {
  private static final long BYTES = Long.getLong("small.bytes", 120_000_000L);
  private static final long MAX = BYTES / 80;

  /// The demonstration cluster has a few more.
  private static final int LOGS = 32;

  private static final int LINE_BYTES = 200;
  private static final long LINES = BYTES / LOGS / LINE_BYTES;
  private static final long FIRST_ERROR = LINES / 5;
  private static final long NEWEST_ERROR = LINES / 2;
  private static final Instant BEGIN = Instant.parse("2026-11-20T16:00:00Z");
  private static final long MICROS_BETWEEN = 10L * 3600 * 1_000_000 / LINES;
  private static final Set<ItemKind> NEVER_CUT =
      Set.of(ItemKind.EVENTS, ItemKind.DESCRIBE, ItemKind.NODE_DESCRIBE);

  private final AtomicLong sent = new AtomicLong();

  @TempDir private Path folder = Path.of("");

  @Test
  void bundleOfManyLargeLogsIsSmallAndHoldsWhatTellsMost() throws Exception {
    var file = folder.resolve("small.tar.gz");
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().endsWith("/log") ? Optional.of(this::sendLog) : Optional.empty());
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var process = collect(file, server.url().toString());
      assertTrue(process.waitFor(9, TimeUnit.MINUTES), "still running");
      var output = Files.readString(folder.resolve("output"));
      assertEquals(ExitCode.INCOMPLETE, process.exitValue(), output);
    }
    assertTrue(sent.get() >= BYTES, "sent " + sent);
    long size = Files.size(file);
    assertTrue(size <= MAX, "size is " + size);
    assertTrue(size > MAX / 2, "size is " + size);
    WholeBundle.require(file);
    try (var bundle = BundleReader.open(file)) {
      var items = bundle.manifest().items();
      var telling = items.stream().filter(item -> NEVER_CUT.contains(item.kind())).toList();
      assertTrue(telling.size() >= 7, telling.toString());
      var described =
          bundle.manifest().entries().stream()
              .filter(entry -> entry.item().startsWith("describe/"))
              .count();
      assertTrue(described > 10, "described: " + described);
      for (Item item : telling) {
        assertEquals(new Outcome.Collected(), item.outcome(), item.id());
        assertEquals(List.of(), missingFiles(bundle, item), item.id());
      }
      assertTrue(text(bundle, "events.txt").contains("Warning"));
      var logs = items.stream().filter(SmallBundleIT::isCut).toList();
      assertTrue(logs.size() >= LOGS, "logs: " + logs.size());
      for (Item log : logs) {
        assertMostTelling(bundle, log);
      }
    }
  }

  /// The item itself, if none of its files is there.
  private static List<Item> missingFiles(BundleReader bundle, Item item) {
    boolean isThere =
        bundle.manifest().entries().stream().anyMatch(entry -> entry.item().equals(item.id()));
    return isThere ? List.of() : List.of(item);
  }

  private static boolean isCut(Item item) {
    return item.kind() == ItemKind.POD_LOGS
        && item.outcome() instanceof Outcome.Partial(Reason reason, String words)
        && reason == Reason.LIMIT
        && words.startsWith("truncated because of the bundle's limit of ");
  }

  private static void assertMostTelling(BundleReader bundle, Item log) throws IOException {
    var entry =
        bundle.manifest().entries().stream()
            .filter(one -> one.item().equals(log.id()))
            .findFirst()
            .orElseThrow();
    var text = text(bundle, entry.path().value());
    for (long error : List.of(FIRST_ERROR, NEWEST_ERROR)) {
      for (long line = error - 5; line <= error + 10; line++) {
        assertTrue(text.contains(number(line)), "line " + line + " of " + log);
      }
    }
    assertTrue(text.contains(number(LINES - 1)), log.toString());
  }

  private Process collect(Path file, String server) throws IOException {
    var profile =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            apiVersion: diagbundle.dev/v1
            kind: Profile
            name: small
            description: Large logs
            collect:
              - podLogs: {}
              - nodeLogs: { services: [kubelet] }
              - clusterDump: { resources: [pods, deployments.apps, configmaps] }
              - events: {}
              - nodeDescribe: {}
              - describe: { pods: all, workloads: unhealthy }
            limits: { item: 1GiB }
            """);
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
            "--from",
            "2026-11-20T15:00:00Z",
            "--to",
            "2026-11-21T03:15:04Z",
            "--max-size",
            Long.toString(MAX),
            "-o",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void sendLog(Exchange exchange) throws IOException {
    var lines = new Lines();
    try (var out = exchange.chunks(200, "text/plain")) {
      for (long i = 0; i < LINES; i++) {
        out.write(lines.line(i), 0, LINE_BYTES);
        sent.addAndGet(LINE_BYTES);
      }
    }
  }

  private static String number(long line) {
    return String.format(" line %012d ", line);
  }

  /// Written by hand: ten million lines are not to be formatted one by one.
  private static final class Lines {
    private static final int NOISE = 64;

    private final byte[] line = new byte[LINE_BYTES];
    private long second = Long.MIN_VALUE;

    byte[] line(long number) {
      long micros = number * MICROS_BETWEEN;
      if (micros / 1_000_000 != second) {
        second = micros / 1_000_000;
        put(0, BEGIN.plusSeconds(second).toString().replace("Z", ".000000Z "));
        put(28, "level=info   line 000000000000  ");
        put(60, "request has been handled as it should be, took so many milliseconds; trace=");
        put(LINE_BYTES - 1, "\n");
      }
      boolean isError = number == FIRST_ERROR || number == NEWEST_ERROR;
      put(28, isError ? "level=error  " : "level=info   ");
      digits(20, 6, micros % 1_000_000);
      digits(46, 12, number);
      long noise = number;
      for (int i = 0; i < NOISE; i++) {
        noise = noise * 6364136223846793005L + 1442695040888963407L;
        line[LINE_BYTES - 1 - NOISE + i] = (byte) ('a' + ((noise >>> 40) & 15));
      }
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
