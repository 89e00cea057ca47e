package dev.diagbundle.analyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.RecordedCluster;
import dev.diagbundle.cli.CollectedScenario;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.nio.file.Path;
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

/// The real cluster: two nodes that are ready, no DNS, and pods that are broken in five ways. It
/// was never redacted.
final class ScenarioS1Test {
  private static final Map<Way, Analysis> ANALYSES = new EnumMap<>(Way.class);

  @ParameterizedTest
  @EnumSource
  void recordedClusterGivesWhatIsBrokenInItAndNothingElse(Way way) {
    var analysis = analysis(way);
    var critical =
        analysis.roots().stream()
            .filter(each -> each.severity() == Severity.CRITICAL)
            .map(Finding::id)
            .toList();
    assertEquals(
        List.of("dns-not-configured", "pod-unschedulable"),
        critical.subList(0, 2),
        () -> show(analysis));
    assertEquals(
        Set.of("pod-crash-loop", "pod-image-pull-failure", "pod-init-failed"),
        new HashSet<>(critical.subList(2, critical.size())));
    assertEquals(5, critical.size());
    var dns = analysis.roots().getFirst();
    assertEquals(2, dns.count());
    assertEquals(146, dns.occurrences());
    assertTrue(
        root(analysis, "pod-unschedulable").title().contains("(64 CPU, the largest node has 2)"));
    assertTrue(
        root(analysis, "pod-crash-loop").title().contains("code 3, 3 restarts — “db unreachable”"));
    assertTrue(
        root(analysis, "pod-image-pull-failure")
            .title()
            .endsWith("cannot resolve the registry's name"));
    assertTrue(root(analysis, "pod-init-failed").title().contains("fails with exit code 1"));
    var warnings =
        analysis.roots().stream().filter(each -> each.severity() == Severity.WARNING).toList();
    assertEquals(List.of("service-no-endpoints"), ids(warnings), () -> show(analysis));
    assertTrue(
        warnings.getFirst().title().contains("app=wbe matches no pod; did you mean app=web?"));
  }

  @ParameterizedTest
  @EnumSource
  void secretsStandAboveEverything(Way way) {
    var banner = analysis(way).bundle();
    assertEquals(List.of("bundle-secret-leak"), ids(banner));
    assertEquals(Severity.CRITICAL, banner.getFirst().severity());
    // Values of variables that are named like secrets are never collected, not even unredacted.
    var kinds =
        switch (way) {
          case IN_MEMORY -> "(JSON web token, environment variable named like a secret)";
          case COLLECTED -> "(JSON web token)";
        };
    assertTrue(banner.getFirst().title().contains(kinds), banner.getFirst().title());
    assertFalse(banner.toString().contains("eyJ"));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCollectionCouldNotGetHasAPartOfItsOwn(Way way) {
    var analysis = analysis(way);
    var strip = new HashSet<>(ids(analysis.collection()));
    assertEquals(
        Set.of(
            "log-body-is-error", "nodelog-query-disabled", "events-incomplete", "log-incomplete"),
        strip);
    assertEquals(2, TestObjects.one(analysis, "log-body-is-error").count());
    assertEquals(List.of("rig-2"), TestObjects.one(analysis, "nodelog-query-disabled").nodes());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOverOrOnlyWorthKnowingIsInformation(Way way) {
    var analysis = analysis(way);
    var info = analysis.roots().stream().filter(each -> each.severity() == Severity.INFO).toList();
    assertEquals(
        Set.of(
            "node-config-risk",
            "pod-sandbox-failure",
            "node-runtime-down",
            "pod-restarted-recently",
            "apiservice-unavailable",
            "resilience-gap"),
        info.stream()
            .flatMap(each -> all(each).stream())
            .map(Finding::id)
            .filter(id -> way == Way.IN_MEMORY || !id.equals("bundle-collector-overprivileged"))
            .collect(java.util.stream.Collectors.toSet()),
        () -> show(analysis));
    assertEquals(
        72,
        analysis.all().stream()
            .filter(each -> each.id().equals("pod-sandbox-failure"))
            .mapToLong(Finding::occurrences)
            .sum());
    for (Finding each : analysis.all()) {
      if (Set.of("pod-sandbox-failure", "node-runtime-down").contains(each.id())) {
        assertTrue(each.recovered(), each.title());
      }
    }
    assertEquals(5, root(analysis, "resilience-gap").count());
  }

  @ParameterizedTest
  @EnumSource
  void noiseOfTheStartIsNoFinding(Way way) {
    var ids = ids(analysis(way).all());
    for (var never :
        List.of(
            "node-not-ready",
            "node-flapping",
            "clock-skew",
            "pod-oom-killed",
            "apiserver-unhealthy",
            "applied-field-dropped",
            "service-port-mismatch")) {
      assertFalse(ids.contains(never), never);
    }
  }

  @BeforeAll
  static void analyzeBothWays(@TempDir Path folder) throws Exception {
    var cluster =
        RecordedCluster.whole()
            .item(
                "nodeLogs/rig-2/kubelet",
                new Outcome.Skipped(Reason.UNSUPPORTED, "log query is off"));
    ANALYSES.put(
        Way.COLLECTED,
        CollectedScenario.support(cluster).with("--no-redact", "--yes").analyze(folder));
    cluster.file(
        "requests.jsonl",
        TestObjects.requests("rig-1")
            + """
            {"url":"/apis/metrics.k8s.io/v1beta1/nodes","status":404}
            """);
    ANALYSES.put(Way.IN_MEMORY, cluster.analyze(RuleRegistry.all()));
  }

  private static Analysis analysis(Way way) {
    return Objects.requireNonNull(ANALYSES.get(way));
  }

  private static Finding root(Analysis analysis, String id) {
    return analysis.roots().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(show(analysis)));
  }

  private static List<Finding> all(Finding finding) {
    var all = new java.util.ArrayList<>(List.of(finding));
    finding.symptoms().forEach(each -> all.addAll(all(each)));
    return all;
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }

  private static String show(Analysis analysis) {
    return String.join("\n", analysis.all().stream().map(Finding::title).toList());
  }
}
