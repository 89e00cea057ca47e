package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.serve.ClusterData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs at a rate.
final class CollectPacedTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @Test
  void requestsAreSentAtTheRateAsked() throws Exception {
    var file = folder.resolve("paced.tar.gz");
    // When the demonstration begins, by its clock.
    Instant began;
    try (var data = ClusterData.demo()) {
      began = data.time();
    }
    var run =
        Run.inRealTime("collect", "-p", "dns", "--demo", "--qps", "10", "-o", file.toString());
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    var times = new ArrayList<Instant>();
    try (var bundle = BundleReader.open(file)) {
      for (String line : CollectFixture.text(bundle, "requests.jsonl").lines().toList()) {
        times.add(Instant.parse(JSON.readTree(line).path("time").asText()));
      }
      assertTrue(CollectFixture.text(bundle, "profile.yaml").contains("qps: 10\n"));
    }
    times.sort(null);
    assertTrue(times.size() > 15, "requests: " + times.size());
    for (int i = 0; i < times.size(); i++) {
      // A quarter of a second's worth may go at once; the two clocks may differ by a little.
      var earliest = began.plusMillis(100L * i - 260);
      assertFalse(times.get(i).isBefore(earliest), "request " + i + " at " + times.get(i));
    }
  }

  @Test
  void runThatEndsDoesNotWaitForItsTurn() throws Exception {
    var file = folder.resolve("paced.tar.gz");
    var run =
        Run.inRealTime(
            "collect",
            "-p",
            "dns",
            "--demo",
            "--qps",
            "0.2",
            "--deadline",
            "4s",
            "-o",
            file.toString());
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertTrue(run.err().contains("early, deadline reached"), run.err());
  }
}
