package dev.diagbundle.analyze.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FieldPath;
import dev.diagbundle.model.checks.FieldTest;
import dev.diagbundle.model.checks.FieldTest.Op;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.model.checks.LogKind;
import dev.diagbundle.model.checks.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users' own rules on a bundle.
final class CustomRulesTest {
  private static final String LOGS = "cluster-resources/pods/logs/";
  private static final String WEB =
      "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"labels\":{\"a/b\":\"x\"}},"
          + "\"spec\":{\"replicas\":1,\"paused\":false,\"memory\":\"512Mi\","
          + "\"containers\":[{\"image\":\"r/a:1\",\"limit\":1},{\"image\":\"r/b:2\"}]}}";

  @Test
  void linesOfManyLogsAreOneFindingWithTheirPlaces() {
    var bundle =
        new ClusterBundle()
            .file(LOGS + "shop/a/app.log", "x\n2026-11-21T03:00:00Z DB lost\n")
            .file(LOGS + "shop/b/app.log", "fine\n")
            .file(LOGS + "pay/c/app.log", "db lost\nmore\ndb lost\n")
            .file("nodes/n1/services/kubelet.log", "db lost\n");
    var finding =
        only(bundle, lines("(?i)db lost", List.of(LogKind.POD_LOGS), 1, Optional.empty()));
    assertEquals("2 lost: pay/c, shop/a {x}", finding.title());
    assertEquals(2, finding.count());
    assertEquals(3, finding.occurrences());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(
        List.of(LOGS + "pay/c/app.log:1", LOGS + "shop/a/app.log:2"),
        finding.evidence().stream().map(Object::toString).toList());
    assertEquals("It is down.", finding.check().meaning());
  }

  @Test
  void allLogsAreMeantIfNothingIsSaid() {
    var bundle =
        new ClusterBundle()
            .file(LOGS + "shop/a/app.log", "err 1\n")
            .file("nodes/n1/services/kubelet.log", "err 2\n")
            .file("nodes/n2/files/kern.log", "err 3\n")
            .file("nodes/n2/describe.txt", "err 4\n");
    // A pattern without a fixed text is held against every line.
    var finding = only(bundle, lines("e[r]+ [0-9]", List.of(), 1, Optional.empty()));
    assertEquals("3 lost: n1, n2, shop/a {x}", finding.title());
    assertEquals(List.of("n1", "n2"), finding.nodes());
  }

  @Test
  void tooFewLinesInTheWindowAreNoFinding() {
    var near = "2026-11-21T03:00:00Z lost\n2026-11-21T03:00:20Z lost\n2026-11-21T03:00:40Z lost\n";
    var far = "2026-11-21T03:00:00Z lost\n2026-11-21T03:01:20Z lost\n2026-11-21T03:02:40Z lost\n";
    var rule = lines("lost", List.of(LogKind.POD_LOGS), 3, Optional.of(Duration.ofMinutes(1)));
    var bundle =
        new ClusterBundle()
            .file(LOGS + "shop/far/app.log", far)
            .file(LOGS + "shop/near/app.log", near)
            // Two logs of one line each are not one log of three.
            .file(LOGS + "shop/one/app.log", "2026-11-21T03:00:00Z lost\n")
            .file(LOGS + "shop/two/app.log", "2026-11-21T03:00:01Z lost\n");
    assertEquals("1 lost: shop/near {x}", only(bundle, rule).title());
  }

  @Test
  void eachLogFormHasItsTimesInTheNodesZone() {
    var rule = lines("lost", List.of(LogKind.NODE_LOGS), 3, Optional.of(Duration.ofMinutes(10)));
    var zone = "{\"utcOffset\":\"-08:00\"}";
    var bundle =
        new ClusterBundle()
            // Three lines in five days.
            .file(
                "nodes/w1/services/far.log",
                """
                11/16/2026 2:31:07 AM    1001 Error            lost
                11/18/2026 2:31:07 PM    1001 Error            lost
                11/20/2026 2:31:07 AM    1001 Error            lost
                """)
            .file(
                "nodes/w2/services/far.log",
                """
                {"level":"error","msg":"lost","ts":"2026-11-16T02:31:07Z"}
                level=error ts=2026-11-18T02:31:07Z msg=lost
                10.0.0.1 - - [20/Nov/2026:02:31:07 +0000] "GET /lost"
                """)
            .file("nodes/w3/log-query.json", zone)
            .file(
                "nodes/w3/services/near.log",
                """
                11/20/2026 6:31:07 PM    1001 Error            lost
                2026/11/20 18:33:07 [error] lost
                {"level":"error","msg":"lost","time":"2026-11-20T18:35:07"}
                """);
    var finding = only(bundle, rule);
    assertEquals(List.of("w3"), finding.nodes());
    assertEquals(Optional.of(Instant.parse("2026-11-21T02:31:07Z")), finding.firstSeen());
    assertEquals(Optional.of(Instant.parse("2026-11-21T02:35:07Z")), finding.lastSeen());
  }

  @Test
  void whatIsFilledInIsNotFilledInAgain() {
    var bundle = new ClusterBundle().file(LOGS + "shop/{count}/app.log", "lost\n");
    assertEquals(
        "1 lost: shop/{count} {x}",
        only(bundle, lines("lost", List.of(), 1, Optional.empty())).title());
  }

  @Test
  void logsThatAreNotThereAreNoGoodNews() {
    var rule = lines("lost", List.of(LogKind.POD_LOGS, LogKind.NODE_LOGS), 1, Optional.empty());
    var bundle = new ClusterBundle().file(LOGS + "shop/a/app.log", "fine\n");
    assertEquals(
        new Verdict.Unknown(List.of("logs nodes/*/services/**: none in the bundle")),
        verdict(bundle, rule));
    bundle.file("nodes/n1/services/kubelet.log", "fine\n");
    assertEquals(new Verdict.Clear(), verdict(bundle, rule));
  }

  @ParameterizedTest
  @CsvSource({
    ".spec.replicas, EQ, 1, true",
    ".spec.replicas, EQ, 2, false",
    ".spec.replicas, NE, 2, true",
    ".spec.nothing, NE, 2, true",
    ".spec.nothing, EQ, '', false",
    ".spec.paused, EQ, false, true",
    ".spec.replicas, LT, 2, true",
    ".spec.replicas, LT, 1, false",
    ".spec.replicas, GT, -1, true",
    ".spec.memory, GT, 0.4Gi, true",
    ".spec.memory, GT, 1Gi, false",
    ".spec.paused, GT, 0, false",
    ".spec.containers[*].image, MATCHES, ^r/b:, true",
    ".spec.containers[*].image, MATCHES, ^s/, false",
    ".spec.containers[*].limit, ABSENT, , true",
    ".spec.containers[*].image, ABSENT, , false",
    ".spec.containers[*].limit, EXISTS, , true",
    ".spec.containers, EXISTS, , true",
    "'.metadata.labels[\"a/b\"]', IN, x, true",
  })
  void conditionHoldsForOneOfThePlaces(String path, Op op, String value, boolean holds) {
    var test =
        new FieldTest(
            FieldPath.parse(path).orElseThrow(), op, value == null ? List.of() : List.of(value));
    var bundle = new ClusterBundle().objects("deployments/shop.json", WEB);
    assertEquals(holds ? 1 : 0, analyze(bundle, objects(test)).roots().size());
  }

  @Test
  void objectsAreOneFindingWithTheirPlacesAndValues() {
    var bundle =
        new ClusterBundle()
            .objects("deployments/shop.json", WEB, WEB.replace("web", "api"))
            .objects("deployments/dev.json", WEB.replace("shop", "dev"));
    var finding =
        only(
            bundle,
            objects(
                new FieldTest(
                    FieldPath.parse(".spec.replicas").orElseThrow(), Op.LT, List.of("2"))));
    assertEquals("2 lost: shop/api, shop/web {x}", finding.title());
    assertEquals("cluster-resources/deployments/shop.json:2", finding.evidence().get(0).toString());
    assertEquals(
        List.of("Deployment shop/web", ".spec.replicas lt 2 (is 1)"),
        finding.evidence().get(0).lines());
  }

  @Test
  void objectsThatWereForbiddenAreNoGoodNews() {
    var test = new FieldTest(FieldPath.parse(".spec").orElseThrow(), Op.EXISTS, List.of());
    assertEquals(new Verdict.Clear(), verdict(new ClusterBundle(), objects(test)));
    var bundle =
        new ClusterBundle()
            .item("clusterDump/deployments.apps", new Outcome.Failed(Reason.FORBIDDEN, "no"));
    assertEquals(
        new Verdict.Unknown(List.of("deployments: forbidden, no")), verdict(bundle, objects(test)));
  }

  @Test
  void ownFindingsFollowTheCataloguesOfTheirSeverity() {
    var node =
        "{\"metadata\":{\"name\":\"n1\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},"
            + "\"spec\":{\"unschedulable\":true},"
            + "\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}";
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node)
            .file("nodes/n1/services/kubelet.log", "lost\n");
    var ids =
        new BundleAnalyzer(
                RuleRegistry.all(),
                settings(lines("lost", List.of(LogKind.NODE_LOGS), 1, Optional.empty())))
            .analyze(bundle).roots().stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(Finding::id)
                .toList();
    assertEquals("own", ids.getLast(), ids::toString);
    assertTrue(ids.contains("node-not-ready"), ids::toString);
  }

  @Test
  void ignoredCheckIsListedAndCountedApart() {
    var bundle = new ClusterBundle().file(LOGS + "shop/a/app.log", "lost\n");
    var settings =
        settings(lines("lost", List.of(LogKind.POD_LOGS), 1, Optional.empty()))
            .ignoring(List.of("own"));
    var analysis = new BundleAnalyzer(List.of(), settings).analyze(bundle);
    assertEquals(List.of(), analysis.all());
    assertEquals(new Verdict.Ignored(), analysis.results().getFirst().verdict());
    assertEquals("0 of 1 checks ran, 1 was ignored", analysis.coverage());
  }

  private static CustomRule lines(
      String pattern, List<LogKind> from, int min, Optional<Duration> window) {
    return rule(
        new CustomRule.Lines(
            LinePattern.parse(pattern).orElseThrow(), from, List.of(), min, window));
  }

  private static CustomRule objects(FieldTest test) {
    return rule(new CustomRule.Objects("deployments", List.of(new Glob("sh*")), List.of(test)));
  }

  private static CustomRule rule(CustomRule.Sought sought) {
    return new CustomRule(
        "own", "warning", "{count} lost: {names} {x}", "It is down.", "Start it.", "", sought);
  }

  private static FindingSettings settings(CustomRule rule) {
    return new FindingSettings(List.of(), Thresholds.DEFAULTS, List.of(rule));
  }

  private static Analysis analyze(ClusterBundle bundle, CustomRule rule) {
    return new BundleAnalyzer(List.of(), settings(rule)).analyze(bundle);
  }

  private static Verdict verdict(ClusterBundle bundle, CustomRule rule) {
    return analyze(bundle, rule).results().getFirst().verdict();
  }

  private static Finding only(ClusterBundle bundle, CustomRule rule) {
    var roots = analyze(bundle, rule).roots();
    assertEquals(1, roots.size(), roots::toString);
    return roots.getFirst();
  }
}
