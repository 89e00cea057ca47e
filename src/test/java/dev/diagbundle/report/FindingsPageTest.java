package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.collection.CompletenessSection;
import dev.diagbundle.report.collection.ReportWriterTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The page with a `findings.json`.
final class FindingsPageTest {
  @Test
  void verdictNamesTheFirstFindingsWithOneLinkEach() throws Exception {
    var verdict = Page.of(SampleFindings.create()).verdict();

    assertEquals("3\u00a0critical findings", verdict.title());
    assertEquals(
        List.of("#checks", "#F1", "#F2", "#F3"),
        verdict.leads().stream().map(lead -> lead.href().value()).toList());
    assertEquals("nodes/rig-3/describe.txt:1", verdict.leads().get(1).file().orElseThrow().text());
    assertEquals(
        List.of("1\u00a0warning", "2 of 3\u00a0checks ran"),
        verdict.notes().stream().map(VerdictSection.Note::text).toList());
  }

  @Test
  void findingsHaveEvidenceStepsSymptomsAndChecks() throws Exception {
    var bundle = SampleFindings.create();
    var html = bundle.page();
    var text = new HtmlPage(html).text();

    assertTrue(html.contains("<details class=\"f\" id=\"F1\" open>"), "the first is open");
    assertFalse(html.contains("<details class=\"f\" id=\"F2\" open>"), "the second is not");
    assertTrue(html.contains("<span class=\"l h\" data-n=\"1\">"), "line numbers");
    assertTrue(html.contains("<mark>Kubelet stopped posting</mark>"), "marked words");
    for (String words :
        List.of(
            "Check the power.",
            "Restart the kubelet.",
            "Pod shop/db-0 waits for its node",
            "node-not-ready",
            "https://kubernetes.io/docs/concepts/architecture/nodes/",
            "3\u00a0critical, 1\u00a0warning".replace("3\u00a0critical", "3 critical"),
            "1 of 3\u00a0checks could not run because data is missing",
            "kubelet logs: not collected",
            "1\u00a0check ran and found nothing.")) {
      assertTrue(text.contains(words), words);
    }
    assertTrue(
        html.contains("href=\"./nodes/rig-3/describe.txt#:~:text=Kubelet%20stopped%20posting\""),
        "opens where the words stand");
    assertTrue(
        html.contains(
            "href=\"https://kubernetes.io/docs/concepts/architecture/nodes/\" rel=\"noreferrer\""),
        "documentation of Kubernetes");
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void nodesAndPodsLeadToTheirFindings() throws Exception {
    var page = Page.of(SampleFindings.create());

    var rig3 =
        page.nodes().rows().stream()
            .filter(row -> row.facts().name().equals("rig-3"))
            .findFirst()
            .orElseThrow();
    assertEquals("F1", rig3.finding().orElseThrow().id());
    var crash =
        page.workloads().rows().stream()
            .filter(row -> row.pod().name().equals("crash"))
            .findFirst()
            .orElseThrow();
    assertEquals("F2", crash.finding().orElseThrow().id());
  }

  @Test
  void findingsOfTheBundleAreBannersAndThoseOfTheCollectionStandInCompleteness() throws Exception {
    var page = Page.of(SampleFindings.create());

    assertEquals(
        List.of("The list of pods is not whole"),
        page.header().banners().stream().map(HeaderSection.Banner::title).toList());
    assertEquals(
        List.of("bundle-incomplete", "log-incomplete"),
        page.completeness().notes().stream().map(CompletenessSection.Note::check).toList());
  }

  @Test
  void quietAnalysisIsNeverCalledHealthy() throws Exception {
    var json =
        """
        {"format":"diagbundle.dev/findings/v1","rootFindings":[],
         "results":[{"id":"a","cluster":"","result":"clear","missing":[]}]}
        """;
    var bundle = SampleBundle.create().file("findings.json", json);
    var page = Page.of(bundle);

    assertEquals("No active problem found in the collected data", page.verdict().title());
    assertEquals("ok", page.verdict().icon());
    assertFalse(String.join("\n", page.verdict().lines()).contains("healthy"));
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void analysisInWhichNothingRanSaysSo() throws Exception {
    var bundle =
        new MemoryBundle().file("findings.json", "{\"format\":\"diagbundle.dev/findings/v1\"}");

    assertEquals("Unknown: no check could run", Page.of(bundle).verdict().title());
  }

  @Test
  void damagedFindingsCountAsNone() throws Exception {
    for (String json :
        List.of(
            "",
            "[]",
            "null",
            "{\"format\":\"other\"}",
            "{\"format\":\"diagbundle.dev/findings/v1\",\"rootFindings\":[{\"id\":\"a\"",
            "{\"format\":\"diagbundle.dev/findings/v1\",\"rootFindings\":[")) {
      var bundle = SampleBundle.create().file("findings.json", json);

      assertEquals("Most important symptoms", Page.of(bundle).verdict().question(), json);
    }
  }

  @Test
  void valuesOfOtherTypesArePassedOver() throws Exception {
    var json =
        """
        {"format":"diagbundle.dev/findings/v1","rootFindings":[7,null,[],{"id":{"a":[1]},
         "title":["x"],"severity":3,"objects":{"a":1},"nodes":[{}],"evidence":[1,{"lines":"x",
         "from":"y","path":"../../etc/passwd"}],"symptoms":"no","firstSeen":"yesterday"}],
         "results":[1,{"missing":2}],"bundleFindings":{}}
        """;
    var bundle = SampleBundle.create().file("findings.json", json);

    assertEquals(1, Page.of(bundle).findings().total());
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void podsLeadToWhatIsFoundAboutTheirController() throws Exception {
    var pods =
        """
        {"kind":"PodList","items":[{"metadata":{"namespace":"shop","name":"report-1-x",
         "ownerReferences":[{"kind":"Job","name":"report-1","controller":true}]},
         "spec":{"nodeName":"rig-1","containers":[{"name":"r"}]},"status":{"phase":"Failed",
         "containerStatuses":[{"name":"r","ready":false,"restartCount":0,
          "state":{"terminated":{"exitCode":2,"reason":"Error"}}}]}}]}
        """;
    var job = SampleFindings.finding("job-failed", "report-1", "x", "y");
    var bundle =
        new MemoryBundle()
            .file("cluster-resources/pods/shop.json", pods)
            .file(
                "findings.json",
                SampleFindings.json(
                    job.replace(
                        "\"kind\":\"Pod\",\"namespace\":\"report-1\"",
                        "\"kind\":\"Job\",\"namespace\":\"shop\"")));

    var row = Page.of(bundle).workloads().rows().getFirst();
    assertEquals("report-1-x", row.pod().name());
    assertEquals("F1", row.finding().orElseThrow().id());
  }

  @Test
  void nodesOfAFindingAreCountedBeyondThoseNamed() throws Exception {
    var nodes = new StringBuilder("n1");
    for (int i = 2; i <= 20; i++) {
      nodes.append("\",\"n").append(i);
    }
    var finding = SampleFindings.finding("x", "node", "nodes/x", "y");
    var bundle =
        SampleBundle.create()
            .file(
                "findings.json",
                SampleFindings.json(
                    finding.replace("\"nodes\":[\"node\"]", "\"nodes\":[\"" + nodes + "\"]")));

    var meta = Page.of(bundle).findings().rows().getFirst().meta();
    assertTrue(meta.startsWith("n1, n2, n3 and 17 more · "), meta);
  }

  @Test
  void hostileTextsInFindingsStayTexts() throws Exception {
    var hostile = "</span><script>alert(1)</script>\\u202e\\\" onload=x \\u001b[31m";
    var finding = SampleFindings.finding("x", hostile, "javascript:alert(1)", hostile);
    var bundle = SampleBundle.create().file("findings.json", SampleFindings.json(finding));
    var html = bundle.page();

    assertFalse(html.contains("<script>alert"), "no element");
    assertFalse(html.contains("\u202e"), "no control");
    assertFalse(new HtmlPage(html).attributes().stream().anyMatch(name -> name.startsWith("on")));
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void manyHugeFindingsStopBeforeThePageIsTooBig() throws Exception {
    var findings = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      findings
          .append(i == 0 ? "" : ",")
          .append(SampleFindings.finding("c" + i, "'".repeat(3_000), "nodes/x", "<&>".repeat(900)));
    }
    var json = SampleFindings.json(findings.toString());
    var bundle = SampleBundle.create().file("findings.json", json);
    var html = bundle.page();

    assertTrue(html.length() < 2_900_000, "length " + html.length());
    var text = new HtmlPage(html).text();
    assertTrue(text.contains("Showing 60 of 300 findings"), "cap");
    ReportWriterTest.assertLinksResolve(bundle);
  }
}
