package dev.diagbundle.collect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.collect.task.Entries;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.redact.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is requested and kept of a pod log that is extremely long.
final class LogTailTest {
  private static final int LINES = 50_000;
  private static final long LIMIT = 100 << 10;

  @TempDir private Path folder;
  private long bytes;
  private int requests;

  @Test
  void logThatIsTooLongToBeReadIsRequestedFromItsEnd() throws Exception {
    var text = collect(4 * LIMIT);
    var kept = text.lines().toList();
    assertEquals(line(LINES - 1), kept.getLast());
    assertEquals(lines(LINES - kept.size()), kept);
    assertTrue(text.length() > LIMIT / 4 && text.length() <= LIMIT, "length " + text.length());
    assertTrue(bytes < (4 + 2 * requests) * LIMIT, bytes + " bytes in " + requests + " requests");
  }

  @Test
  void otherLogIsReadOnceAndKeepsItsFirstError() throws Exception {
    var text = collect(Long.MAX_VALUE);
    assertEquals(1, requests);
    assertTrue(text.contains(line(7)), text.substring(0, 500));
    assertTrue(text.endsWith(line(LINES - 1) + "\n"));
  }

  private String collect(long mostRead) throws Exception {
    var file = folder.resolve("x.tar.gz");
    var path = EntryPath.of("c.log");
    try (var unused =
            OkHttpCluster.open(
                ClusterConnection.anonymous("test", "http://localhost:1"),
                Clock.systemUTC(),
                "test",
                _ -> {},
                ClientOptions.USUAL);
        var writer = BundleWriter.create(file, SampleRun.ROOT, WriterOptions.unlimited())) {
      var scope =
          new TaskScope(
              unused,
              new Entries(writer, Redaction.none()),
              ItemKind.POD_LOGS,
              new RequestOrigin("item", "n", 0));
      var outcome =
          new LogTail(scope, path, SampleRun.MODIFIED, LIMIT, mostRead, () -> false)
              .collect(OptionalInt.empty(), this::copy);
      assertEquals(Reason.LIMIT, outcome.why().orElseThrow(), outcome.words());
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(file)) {
      var entry = reader.manifest().entries().getFirst();
      try (var in = reader.open(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private Outcome copy(OptionalInt tailLines, OutputStream out) throws IOException {
    requests++;
    for (String line : lines(LINES - Math.min(LINES, tailLines.orElse(LINES)))) {
      bytes += line.length() + 1;
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new Outcome.Collected();
  }

  private static List<String> lines(int from) {
    return IntStream.range(from, LINES).mapToObj(LogTailTest::line).toList();
  }

  private static String line(int number) {
    return (number == 7 ? "error" : "info") + " in line " + number;
  }
}
