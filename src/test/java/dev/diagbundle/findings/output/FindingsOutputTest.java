package dev.diagbundle.findings.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.SurefireReportParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/// The forms of output, fed with what a hostile cluster may say.
final class FindingsOutputTest {
  private static final String HOSTILE =
      "\\u001b[31m](javascript:x) <script>alert(1)</script> ]]> @all `\\u202e **b**\\u0000";

  @Test
  void jsonFollowsItsSchema() throws IOException {
    var mapper = new ObjectMapper();
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("doc/findings.schema.json")));
    assertEquals(Set.of(), schema.validate(mapper.readTree(text(new FindingsJson(), hostile()))));
    assertEquals(Set.of(), schema.validate(mapper.readTree(text(new FindingsJson(), quiet()))));
    var wrong = text(new FindingsJson(), hostile()).replace("\"critical\",", "\"awful\",");
    assertFalse(schema.validate(mapper.readTree(wrong)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("forPeople")
  void noControlCharacterOfTheClusterReachesTheReader(FindingsOutput output) throws IOException {
    var text = text(output, hostile());
    assertTrue(text.contains("pod-crash-loop"), text);
    for (char c : new char[] {'\u001b', '\u202e', '\u0000'}) {
      assertEquals(-1, text.indexOf(c), () -> "U+" + Integer.toHexString(c));
    }
  }

  @Test
  void markdownHasNeitherLinksNorMarkupNorMentionsOfTheCluster() throws IOException {
    for (String line : text(new FindingsMarkdown(), hostile()).lines().toList()) {
      // Indented by six, it is a block of code, in which nothing means anything.
      if (!line.startsWith("      ")) {
        assertFalse(line.contains("](javascript"), line);
        assertFalse(line.replace("\\<", "").contains("<script"), line);
        assertFalse(line.contains(" @all"), line);
        assertFalse(line.contains(" **b"), line);
      }
    }
  }

  @Test
  void junitCountsChecksAsTestCases() throws Exception {
    var xml = text(new FindingsJunit(), hostile());
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    var suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertEquals(Integer.toString(RuleRegistry.all().size()), suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals(Integer.toString(hostile().unknown().size()), suite.getAttribute("skipped"));
    assertEquals(RuleRegistry.all().size(), document.getElementsByTagName("testcase").getLength());
    assertEquals(0, document.getElementsByTagName("script").getLength());
  }

  @Test
  void sarifNamesRuleLevelAndLine() throws IOException {
    var tree = new ObjectMapper().readTree(text(new FindingsSarif("0.1.0"), hostile()));
    assertEquals("2.1.0", tree.path("version").asText());
    var result = tree.path("runs").path(0).path("results").path(0);
    assertEquals("pod-crash-loop", result.path("ruleId").asText());
    assertEquals("error", result.path("level").asText());
    var place = result.path("locations").path(0).path("physicalLocation");
    assertEquals(
        "cluster-resources/pods/shop.json", place.path("artifactLocation").path("uri").asText());
    assertEquals(2, place.path("region").path("startLine").asInt());
  }

  @Test
  void sarifFollowsTheSchemaOfOasis() throws IOException {
    var resource = getClass().getResource("/schema/sarif-schema-2.1.0.json");
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Objects.requireNonNull(resource).openStream());
    var mapper = new ObjectMapper();
    for (Analysis analysis : List.of(hostile(), quiet())) {
      var tree = mapper.readTree(text(new FindingsSarif("0.1.0"), analysis));
      assertEquals(Set.of(), schema.validate(tree));
    }
    var wrong = text(new FindingsSarif("0.1.0"), hostile()).replace("\"error\"", "\"awful\"");
    assertFalse(schema.validate(mapper.readTree(wrong)).isEmpty());
  }

  @Test
  void surefireReadsTheReportOfItsOwnForm(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("TEST-findings.xml"), text(new FindingsJunit(), hostile()));
    var parser = new SurefireReportParser(List.of(folder.toFile()), new NullConsoleLogger());
    var suites = parser.parseXMLReportFiles();
    // It makes a suite of each class name, which is the layer of a check.
    int tests = suites.stream().mapToInt(ReportTestSuite::getNumberOfTests).sum();
    assertEquals(RuleRegistry.all().size(), tests);
    assertEquals(1, suites.stream().mapToInt(ReportTestSuite::getNumberOfFailures).sum());
    assertEquals(
        hostile().unknown().size(),
        suites.stream().mapToInt(ReportTestSuite::getNumberOfSkipped).sum());
    assertEquals("pod-crash-loop", parser.getFailureDetails(suites).getFirst().getName());
  }

  @Test
  void eachFindingIsACaseOfItsOwn(@TempDir Path folder) throws Exception {
    var statuses =
        List.of(3, 4).stream()
            .map(code -> "'restartCount':3,'lastState':{'terminated':{'exitCode':" + code + "}},")
            .map(state -> state + "'state':{'waiting':{'reason':'CrashLoopBackOff'}}")
            .map(state -> ClusterBundle.status("False", state))
            .toList();
    var analysis =
        bundle()
            .objects(
                "pods/shop.json",
                ClusterBundle.pod("one", "", statuses.getFirst()),
                ClusterBundle.pod("two", "", statuses.getLast()))
            .analyze(RuleRegistry.all());
    var xml = text(new FindingsJunit(), analysis);
    Files.writeString(folder.resolve("TEST-findings.xml"), xml);
    var parser = new SurefireReportParser(List.of(folder.toFile()), new NullConsoleLogger());
    var suites = parser.parseXMLReportFiles();
    assertEquals(
        List.of("pod-crash-loop", "pod-crash-loop (2)"),
        parser.getFailureDetails(suites).stream()
            .filter(ReportTestCase::hasFailure)
            .map(ReportTestCase::getName)
            .sorted()
            .toList());
    assertTrue(
        xml.contains("tests=\"" + (RuleRegistry.all().size() + 1) + "\" failures=\"2\""), xml);
  }

  @Test
  void nothingFoundIsNeverCalledHealthy() throws IOException {
    var text = text(new FindingsText(), quiet());
    assertTrue(text.contains("No active problem found in the collected data."), text);
    int all = RuleRegistry.all().size();
    int unknown = quiet().unknown().size();
    assertTrue(text.contains(all - unknown + " of " + all + " checks ran."), text);
    assertTrue(text.contains("service-no-endpoints: endpoint slices: timed-out, no"), text);
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    assertEquals(text(new FindingsJson(), hostile()), text(new FindingsJson(), hostile()));
  }

  static List<FindingsOutput> forPeople() {
    return List.of(new FindingsText(), new FindingsMarkdown(), new FindingsJunit());
  }

  private static Analysis quiet() {
    return bundle().analyze(RuleRegistry.all());
  }

  private static Analysis hostile() {
    var crashed =
        "'restartCount':3,'state':{'terminated':{'exitCode':3,'message':'"
            + HOSTILE
            + "','finishedAt':'2026-11-21T03:14:08Z'}},'lastState':{'terminated':{'exitCode':3}}";
    return bundle()
        .objects(
            "pods/shop.json",
            ClusterBundle.pod("crash", "", ClusterBundle.status("False", crashed)))
        .analyze(RuleRegistry.all());
  }

  private static ClusterBundle bundle() {
    return new ClusterBundle()
        .item(
            "clusterDump/endpointslices.discovery.k8s.io",
            new Outcome.Failed(Reason.TIMED_OUT, "no"));
  }

  private static String text(FindingsOutput output, Analysis analysis) throws IOException {
    var out = new ByteArrayOutputStream();
    output.write(analysis, "ticket.tar.gz", out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
