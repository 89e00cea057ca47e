package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.WindowsNode;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.serve.DemoClusterFixture;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsTimeZoneTest {
  private static final String LINE = "I%s    3312 kubelet.go:2391] \"SyncLoop\" n=1\r\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1121 12:00:00.100000, 2026-11-21T12:00:00Z, Z",
    "1121 04:00:00.100000, 2026-11-21T12:00:03Z, -08:00",
    "1121 17:30:00.100000, 2026-11-21T12:00:00Z, +05:30",
    "1121 17:45:00.100000, 2026-11-21T12:00:04Z, +05:45",
    "1122 01:59:59.900000, 2026-11-21T12:00:00Z, +14:00",
    "1231 20:00:00.000000, 2027-01-01T04:00:00Z, -08:00",
    "0101 05:30:00.000000, 2027-01-01T00:00:00Z, +05:30",
    "0229 04:00:00.000000, 2028-02-29T12:00:00Z, -08:00"
  })
  void stampAgainstTheTimeOfTheFileIsTheZone(String stamp, Instant modified, String zone) {
    assertEquals(
        Optional.of(ZoneOffset.of(zone)), WindowsTimeZone.offset(LINE.formatted(stamp), modified));
  }

  @ParameterizedTest
  @CsvSource({
    "1121 12:00:31.000000, 2026-11-21T12:00:00Z",
    "1121 12:07:30.000000, 2026-11-21T12:00:00Z",
    "1122 03:00:00.000000, 2026-11-21T12:00:00Z",
    "1120 12:00:00.000000, 2026-11-21T12:00:00Z",
    "1399 12:00:00.000000, 2026-11-21T12:00:00Z",
    "0229 12:00:00.000000, 2026-06-01T12:00:00Z"
  })
  void stampThatFitsNoZoneSaysNothing(String stamp, Instant modified) {
    assertEquals(Optional.empty(), WindowsTimeZone.offset(LINE.formatted(stamp), modified));
  }

  @Test
  void lastStampCountsAndOtherTextDoesNot() {
    var tail =
        "cut line] I0101 00:00:00.000000\n"
            + LINE.formatted("1121 01:00:00.000000")
            + LINE.formatted("1121 04:00:00.000000")
            + "goroutine 1 [running]:\nmain.main() I1121 09:00:00.000000 1 a.go:1] x\n";
    assertEquals(
        Optional.of(ZoneOffset.ofHours(-8)),
        WindowsTimeZone.offset(tail, Instant.parse("2026-11-21T12:00:01Z")));
    assertEquals(
        Optional.empty(),
        WindowsTimeZone.offset("no stamps\n", Instant.parse("2026-11-21T12:00:01Z")));
  }

  @ParameterizedTest
  @CsvSource({"kubelet/kubelet.log", "kubelet.log", "kubelet/kubelet-20261121.log"})
  void zoneIsReadFromTheEndOfTheKubeletsLog(String path) throws Exception {
    var node =
        new WindowsNode(folder)
            .file(
                path,
                LINE.formatted("1101 00:00:00.000000").repeat(2000)
                    + LINE.formatted("1121 17:20:00.000000"),
                "2026-11-21T11:50:00Z")
            .file(
                "kubelet/kubelet-20261122.log",
                LINE.formatted("1120 04:00:00.000000"),
                "2026-11-20T12:00:00Z");
    try (var served = node.start();
        var cluster = node.cluster(served.url().toString())) {
      assertEquals(
          Optional.of(ZoneOffset.ofHoursMinutes(5, 30)),
          WindowsTimeZone.of(cluster, "win", WindowsNode.CALLER));
    }
  }

  @Test
  void nodeWithoutSuchFilesHasAnUnknownZone() throws Exception {
    var node = new WindowsNode(folder).file("other.log", "x\n", "2026-11-21T12:00:00Z");
    try (var served = node.start();
        var cluster = node.cluster(served.url().toString())) {
      assertEquals(Optional.empty(), WindowsTimeZone.of(cluster, "win", WindowsNode.CALLER));
    }
  }

  @Test
  void demonstrationClustersWindowsNodeIsInUtc() throws Exception {
    try (var demo = DemoClusterFixture.start();
        var cluster =
            OkHttpCluster.open(
                ClusterConnection.anonymous("demo", demo.url().toString()),
                Clock.systemUTC(),
                "test",
                _ -> {},
                ClientOptions.USUAL)) {
      assertEquals(
          Optional.of(ZoneOffset.UTC), WindowsTimeZone.of(cluster, "win-1", WindowsNode.CALLER));
    }
  }
}
