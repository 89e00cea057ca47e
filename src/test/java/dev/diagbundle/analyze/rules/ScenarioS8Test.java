package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.analyze.RecordedCluster;
import dev.diagbundle.cli.CollectedScenario;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.AccessRules;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real cluster, collected by an account that may read little, by a clock that is 95 seconds
/// ahead, in a run that was interrupted.
final class ScenarioS8Test {
  private static final Set<String> ALLOWED =
      Set.of(
          "clusterDump/pods",
          "clusterDump/services",
          "clusterDump/endpointslices.discovery.k8s.io");

  private static final Set<String> KUBELET =
      Set.of("nodelog-query-disabled", "collect-node-unreachable", "dns-not-configured");
  private static final String ROLE =
      json(
          "{'kind':'Role','metadata':{'namespace':'shop'},'rules':[{'apiGroups':[''],'resources':"
              + "['pods','pods/log','events','services'],'verbs':['get','list']},{'apiGroups':"
              + "['discovery.k8s.io'],'resources':['endpointslices'],'verbs':['get','list']}]}");
  private static final String DISCOVERY =
      json(
          "{'kind':'ClusterRole','rules':[{'nonResourceURLs':['/version','/api','/api/*','/apis',"
              + "'/apis/*'],'verbs':['get']}]}");
  private static final Map<Way, Analysis> ANALYSES = new EnumMap<>(Way.class);

  /// Sent at 03:16:39 by the collector's clock.
  private static final String REQUEST =
      """
      {"time":"2026-11-21T03:16:39.100Z","url":"/version","status":200,"durationMillis":20,\
      "serverDate":"Sat, 21 Nov 2026 03:15:04 GMT"}
      """;

  @ParameterizedTest
  @EnumSource
  void whatThePodsTellIsToldAndTheGapStandsAbove(Way way) {
    var analysis = analysis(way);
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

  @ParameterizedTest
  @EnumSource
  void whatWasForbiddenIsNamedAndIsNoOutage(Way way) {
    var analysis = analysis(way);
    var strip = analysis.collection();
    var skew = of(strip, "clock-skew");
    assertEquals(Severity.CRITICAL, skew.severity());
    assertTrue(skew.title().contains("94 s ahead"), skew.title());
    var forbidden = of(strip, "collect-forbidden");
    assertEquals(Severity.WARNING, forbidden.severity());
    assertTrue(forbidden.check().remedy().contains("ClusterRole"));
    assertEquals(
        1,
        ids(strip).stream().filter(id -> id.equals("collect-forbidden")).count(),
        strip::toString);
    assertFalse(ids(analysis.all()).contains("collect-node-unreachable"));
  }

  @ParameterizedTest
  @EnumSource
  void checksOfNodesAndOfTheControlPlaneAreUnknownAndNoneIsClear(Way way) {
    for (var result : analysis(way).results()) {
      var layer = result.check().layer();
      if (layer == Layer.NODE
          || layer == Layer.CONTROL_PLANE
          || KUBELET.contains(result.check().id())) {
        assertFalse(
            result.verdict() instanceof Verdict.Clear, result.check().id() + " must not be clear");
      }
    }
  }

  @BeforeAll
  static void analyzeBothWays(@TempDir Path folder) throws Exception {
    var bundle = RecordedCluster.ofViewer();
    for (var item : bundle.manifest().items()) {
      if (item.kind() == ItemKind.CLUSTER_DUMP && !ALLOWED.contains(item.id())) {
        bundle.item(item.id(), forbidden(item.name()));
      }
    }
    ANALYSES.put(
        Way.IN_MEMORY,
        bundle
            .file("requests.jsonl", REQUEST)
            .item("kubelet/rig-1/configz", forbidden("nodes/proxy"))
            .item("nodeLogs/rig-1/kubelet", forbidden("nodes/proxy"))
            .item("clusterDump/secrets", forbidden("secrets"))
            .interrupted("SIGINT")
            .analyze(RuleRegistry.all()));
    var viewer =
        AccessRules.of(
            "system:serviceaccount:shop:viewer",
            List.of(new ObjectMapper().readTree(ROLE), new ObjectMapper().readTree(DISCOVERY)));
    // The logs come in the order of their pods, that of web last.
    ANALYSES.put(
        Way.COLLECTED,
        CollectedScenario.support(RecordedCluster.whole())
            .served(ReplayOptions.defaults().withRules(viewer))
            .ahead(Duration.ofSeconds(95))
            .interruptedAt("/pods/web/log")
            .with("--namespace", "shop", "--no-redact", "--yes")
            .analyze(folder));
  }

  private static Analysis analysis(Way way) {
    return Objects.requireNonNull(ANALYSES.get(way));
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
