package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.SmallDisk;
import dev.diagbundle.testing.WholeBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run does when the disk is full: at the first bytes, in the middle, near the end. It keeps
/// what it has, as at a deadline, unless not even the end of the bundle fits.
@Tag("fault")
final class FullDiskTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 1_000})
  void diskWithoutRoomForTheEndGivesOneMessageAndNoFile(long room) throws Exception {
    assertNoBundle(room, "No space left on device");
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1_000})
  void usedUpQuotaGivesOneMessageAndNoFile(long room) throws Exception {
    assertNoBundle(room, "Disk quota exceeded");
  }

  @ParameterizedTest
  @ValueSource(longs = {140_000, 170_000, 200_000, 250_000})
  void fullDiskEndsTheRunAndTheBundleSaysWhatIsMissing(long room) throws Exception {
    var file = folder.resolve("x.tar.gz");
    var result = run(file, new SmallDisk(room));
    assertEquals(List.of(file), result.files());
    try (var bundle = BundleReader.open(file)) {
      var manifest = bundle.manifest();
      assertEquals(Optional.of("disk"), manifest.run().interrupted());
      var outcomes = manifest.items().stream().map(Item::outcome).toList();
      // Whether an item ends before the smallest disk is full depends on the order of the others.
      assertTrue(room < 200_000 || outcomes.contains(new Outcome.Collected()), outcomes.toString());
      assertTrue(
          outcomes.contains(
              new Outcome.Failed(
                  Reason.LIMIT, "the bundle cannot take more data: No space left on device")),
          outcomes.toString());
    }
    WholeBundle.require(file);
    try (var left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void noAmountOfRoomLeavesAHalfWrittenFile() throws Exception {
    for (long room = 0; room < 400_000; room += 23_456) {
      var file = folder.resolve(room + ".tar.gz");
      try {
        run(file, new SmallDisk(room));
        BundleReader.open(file).close();
      } catch (DiagbundleException e) {
        assertEquals(
            List.of(Problem.failure("cannot write '" + file + "': No space left on device")),
            e.problems());
        assertFalse(Files.exists(file), file.toString());
      }
      Files.deleteIfExists(file);
      try (var left = Files.list(folder)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  private void assertNoBundle(long room, String refusal) throws Exception {
    var file = folder.resolve("x.tar.gz");
    var failure =
        assertThrows(DiagbundleException.class, () -> run(file, new SmallDisk(room, refusal)));
    assertEquals(
        List.of(Problem.failure("cannot write '" + file + "': " + refusal)), failure.problems());
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static CollectResult run(Path file, SmallDisk disk) throws Exception {
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, ReplayOptions.defaults())) {
      var request =
          new CollectRequest(
              List.of(
                  ClusterTarget.of(ClusterConnection.anonymous("demo", server.url().toString()))),
              ProfileCatalog.load(List.of("ci-postmortem")),
              "",
              List.of(),
              "test",
              new WindowSpec.OfProfile(),
              CollectRequest.Selection.ALL,
              new CollectRequest.Output(Optional.of(file), Optional.empty(), OptionalLong.empty()),
              Redaction.standard());
      return new Collector(
              request,
              Clock.systemUTC(),
              progress -> {},
              (contents, out) -> {},
              FullDiskTest::render,
              ClientOptions.USUAL,
              disk)
          .run();
    }
  }

  private static List<String> render(BundleContents contents, OutputStream out) throws IOException {
    out.write("<!doctype html>\n".getBytes(StandardCharsets.UTF_8));
    return List.of();
  }
}
