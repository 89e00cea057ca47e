package dev.diagbundle.analyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.Analysis;
import dev.diagbundle.analyze.Finding;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.RecordedCluster;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Verdict;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The real cluster, collected by an account that may read little, by a clock that is 95 seconds
/// ahead, in a run that was interrupted.
final class ScenarioS8Test {
  private static final Set<String> ALLOWED =
      Set.of(
          "clusterDump/pods",
          "clusterDump/services",
          "clusterDump/endpointslices.discovery.k8s.io");

  /// Sent at 03:16:39 by the collector's clock.
  private static final String REQUEST =
      """
      {"time":"2026-11-21T03:16:39.100Z","url":"/version","status":200,"millis":20,\
      "serverDate":"Sat, 21 Nov 2026 03:15:04 GMT"}
      """;

  @Test
  void whatThePodsTellIsToldAndTheGapStandsAbove() throws IOException {
    var analysis = analysis();
    var banner = analysis.bundle();
    assertEquals(List.of("bundle-incomplete", "bundle-secret-leak"), ids(banner.subList(0, 2)));
    assertEquals(Severity.CRITICAL, banner.getFirst().severity());
    assertTrue(banner.getFirst().title().contains("the list of nodes is missing"));
    var critical =
        analysis.roots().stream()
            .filter(each -> each.severity() == Severity.CRITICAL)
            .map(Finding::id)
            .toList();
    assertEquals(
        Set.of("pod-unschedulable", "pod-crash-loop", "pod-image-pull-failure", "pod-init-failed"),
        new HashSet<>(critical));
    var warnings =
        analysis.roots().stream().filter(each -> each.severity() == Severity.WARNING).toList();
    // Only events of pods prove it here.
    assertEquals(
        Set.of("dns-not-configured", "service-no-endpoints"), new HashSet<>(ids(warnings)));
    assertEquals(148, warnings.getFirst().occurrences());
  }

  @Test
  void whatWasForbiddenIsNamedAndIsNoOutage() throws IOException {
    var analysis = analysis();
    var strip = analysis.collection();
    var skew = of(strip, "clock-skew");
    assertEquals(Severity.CRITICAL, skew.severity());
    assertTrue(skew.title().contains("94 s ahead"), skew.title());
    var forbidden = of(strip, "collect-forbidden");
    assertEquals(Severity.WARNING, forbidden.severity());
    assertTrue(forbidden.check().remedy().contains("ClusterRole"));
    assertFalse(ids(analysis.all()).contains("collect-node-unreachable"));
  }

  @Test
  void checksOfNodesAndOfTheControlPlaneAreUnknownAndNoneIsClear() throws IOException {
    for (var result : analysis().results()) {
      var layer = result.check().layer();
      if (layer == Layer.NODE || layer == Layer.CONTROL_PLANE) {
        assertFalse(
            result.verdict() instanceof Verdict.Clear, result.check().id() + " must not be clear");
      }
    }
  }

  private static Analysis analysis() throws IOException {
    var bundle = RecordedCluster.ofViewer();
    for (var item : bundle.manifest().items()) {
      if (item.kind().equals("clusterDump") && !ALLOWED.contains(item.id())) {
        bundle.item(item.id(), forbidden(item.name()));
      }
    }
    return bundle
        .file("requests.jsonl", REQUEST)
        .item("kubelet/rig-1/configz", forbidden("nodes/proxy"))
        .item("nodeLogs/rig-1/kubelet", forbidden("nodes/proxy"))
        .item("clusterDump/secrets", forbidden("secrets"))
        .interrupted("SIGINT")
        .analyze(Analyzers.all());
  }

  private static Outcome forbidden(String resource) {
    return new Outcome.Failed(
        Reason.FORBIDDEN,
        resource + " is forbidden: User \"system:serviceaccount:shop:viewer\" cannot list it");
  }

  private static Finding of(List<Finding> findings, String id) {
    return findings.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
