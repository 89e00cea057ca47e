package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run does when the disk is full: at the first bytes, in the middle, near the end.
@Tag("fault")
final class FullDiskTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 40_000, 250_000})
  void fullDiskEndsTheRunAtOnceWithOneMessageAndNoFile(long room) throws Exception {
    assertNoBundle(room, "No space left on device");
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 40_000})
  void usedUpQuotaEndsTheRunAtOnceWithOneMessageAndNoFile(long room) throws Exception {
    assertNoBundle(room, "Disk quota exceeded");
  }

  private void assertNoBundle(long room, String refusal) throws Exception {
    var file = folder.resolve("x.tar.gz");
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
      var collector =
          new Collector(
              request,
              Clock.systemUTC(),
              progress -> {},
              (contents, out) -> {},
              (contents, out) -> List.of(),
              ClientOptions.USUAL,
              new SmallDisk(room, refusal));
      var failure = assertThrows(DiagbundleException.class, collector::run);
      assertEquals(
          List.of(Problem.failure("cannot write '" + file + "': " + refusal)), failure.problems());
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
