package dev.diagbundle.report.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.HtmlPage;
import dev.diagbundle.report.MemoryBundle;
import dev.diagbundle.report.Page;
import dev.diagbundle.report.SampleBundle;
import dev.diagbundle.report.SamplePatterns;
import dev.diagbundle.report.collection.ReportWriterTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The timeline and the log patterns of the page.
final class TimelinePageTest {
  @Test
  void eachNodeHasARowWithItsErrorsAndItsGaps() throws Exception {
    var timeline = Page.of(SamplePatterns.create()).timeline();

    assertEquals(
        "20 Nov 22:45 – 04:45 UTC".replace("20 Nov ", "20\u00a0Nov\u00a0"), timeline.count());
    assertEquals(
        List.of("rig-3", "rig-1", "rig-2"),
        timeline.rows().stream()
            .map(TimelineRows.Row::fullName)
            .filter(name -> name.startsWith("rig"))
            .toList());
    var rig3 = row(timeline, "rig-3");
    assertEquals("NotReady", rig3.state());
    assertEquals("unknown", rig3.errorPeak());
    assertTrue(hatches(rig3).contains("no service logs: down"), hatches(rig3).toString());
    var rig1 = row(timeline, "rig-1");
    assertEquals("max 64", rig1.errorPeak(), "minutes 316 and 317 are in one stretch of six");
    assertTrue(hatches(rig1).contains("containerd log truncated"), hatches(rig1).toString());
    assertTrue(rig1.cells().getFirst().endsWith("/ unknown"), rig1.cells().toString());
    assertTrue(rig1.total().endsWith("/ 70"), rig1.total());
    assertTrue(hatches(row(timeline, "rig-2")).contains("no service logs: off"));
    assertTrue(
        rig1.hits().stream().anyMatch(hit -> hit.title().contains("64\u00a0error lines")),
        rig1.hits().toString());
  }

  @Test
  void momentsAreNumberedInTheirOrderAndLeadToFindings() throws Exception {
    var marks = Page.of(SamplePatterns.create()).timeline().marks();

    assertTrue(marks.size() <= Milestones.MAX_MOMENTS && marks.size() > 3, marks.toString());
    assertEquals("Collection starts", marks.getLast().text());
    assertEquals(
        marks.stream().map(TimelineSection.Mark::iso).sorted().toList(),
        marks.stream().map(TimelineSection.Mark::iso).toList());
    assertTrue(
        marks.stream()
            .anyMatch(mark -> mark.finding().filter(link -> link.id().equals("F1")).isPresent()),
        marks.toString());
    for (int i = 1; i < marks.size(); i++) {
      assertTrue(marks.get(i).x() - marks.get(i - 1).x() >= 20.9, marks.toString());
    }
  }

  @Test
  void patternsHaveCountsTimesAndTheirExamples() throws Exception {
    var bundle = SamplePatterns.create();
    var html = bundle.page();
    var text = new HtmlPage(html).text();

    for (String words :
        List.of(
            "pod_workers.go:#] failed <address>",
            SamplePatterns.KUBELET + ":3",
            "E1121 04:01:00 failed 10.0.0.1",
            "nodes/no/such.log:3",
            "04:01:00",
            "rare ones were dropped 12\u00a0times",
            "1\u00a0log was not fully read",
            "Logs with the most error lines")) {
      assertTrue(text.contains(words), words);
    }
    assertFalse(html.contains("href=\"./nodes/no/such.log"), "no link to what is not there");
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void withoutPatternsErrorLinesAreUnknownAndNotZero() throws Exception {
    var bundle = SampleBundle.create();
    var page = Page.of(bundle);

    assertFalse(page.patterns().known());
    assertEquals("unknown", row(page.timeline(), "rig-1").errorPeak());
    assertFalse(bundle.page().contains("id=\"patterns\""));
  }

  @Test
  void emptyBundleSaysThatNothingIsThere() throws Exception {
    var text = new HtmlPage(new MemoryBundle().page()).text();

    assertTrue(text.contains("This bundle contains no nodes, events or logs."), text);
  }

  @Test
  void eventThatWasRepeatedIsSpreadAndNothingIsLostInside() {
    var scale =
        new TimelineScale(
            Instant.parse("2026-11-21T03:00:00Z"), Instant.parse("2026-11-21T04:00:00Z"));
    var bins = new TimeBins();
    bins.add(
        scale, Instant.parse("2026-11-21T03:10:00Z"), Instant.parse("2026-11-21T03:20:00Z"), 101);
    assertEquals(101, bins.total());
    assertEquals(0, bins.sum(0, 10) + bins.sum(20, 60));
    assertTrue(bins.max() <= 11, "max " + bins.max());

    var half = new TimeBins();
    half.add(
        scale, Instant.parse("2026-11-21T02:30:00Z"), Instant.parse("2026-11-21T03:30:00Z"), 100);
    assertEquals(50, half.total());
    half.add(scale, Instant.MIN, Instant.MAX, Long.MAX_VALUE >> 20);
    half.add(scale, Instant.EPOCH, Instant.EPOCH, 1);
    assertTrue(half.total() >= 50);
  }

  @Test
  void damagedPatternsCountAsNone() throws Exception {
    for (String json :
        List.of("", "[]", "null", "{\"format\":\"other\"}", "{\"format\":\"diagbundle.dev/log-")) {
      var bundle = SampleBundle.create().file("log-patterns.json", json);
      assertFalse(Page.of(bundle).patterns().known(), json);
    }
  }

  @Test
  void valuesOfOtherTypesArePassedOver() throws Exception {
    var json =
        """
        {"format":"diagbundle.dev/log-patterns/v1","clusters":[1,null,{"patterns":[3,{"pattern":{},
         "count":"x","path":"../../etc/passwd","line":-4}],"from":"+1000000000-12-31T23:59:59Z",
         "binMillis":-1,"sources":[{"path":[],"node":"n","errors":9223372036854775807,
         "bins":[[1],[2,3,4,5],"x",[99999999999999,1],[3,9223372036854775807]]}]}]}
        """;
    var bundle = SampleBundle.create().file("log-patterns.json", json);

    assertTrue(Page.of(bundle).patterns().known());
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void binsAfterTheEndOfTimeArePassedOver() throws Exception {
    var json =
        """
        {"format":"diagbundle.dev/log-patterns/v1","clusters":[{"from":"2026-11-20T22:45:00Z",
         "binMillis":62914560000,"sources":[{"path":"nodes/n/services/kubelet.log","node":"n",
         "errors":1,"bins":[[1073741823,1]]}]}]}
        """;
    var bundle = SampleBundle.create().file("log-patterns.json", json);

    assertTrue(Page.of(bundle).patterns().known());
  }

  @Test
  void hostileTextsInPatternsStayTexts() throws Exception {
    var evil = "</text></svg><script>alert(1)</script>\\u202e\\\" onload=x \\u001b[31m";
    var bundle =
        SampleBundle.create()
            .file(
                "log-patterns.json",
                SamplePatterns.json(
                    SamplePatterns.pattern(evil, evil, evil),
                    SamplePatterns.source(evil, evil, 7, evil, "[316,7]")));
    var html = bundle.page();

    assertFalse(html.contains("<script>alert"), "no element");
    assertFalse(html.contains("\u202e"), "no control");
    assertFalse(new HtmlPage(html).attributes().stream().anyMatch(name -> name.startsWith("on")));
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void thousandNodesFitWithEveryCapNamed() throws Exception {
    var patterns = new StringBuilder();
    var sources = new StringBuilder();
    var bins = new StringBuilder("[0,1]");
    for (int minute = 1; minute < 360; minute++) {
      bins.append(",[").append(minute).append(',').append(minute).append(']');
    }
    for (int i = 0; i < 1_000; i++) {
      patterns
          .append(i == 0 ? "" : ",")
          .append(SamplePatterns.pattern("'<&>".repeat(75), "nodes/n/x.log", "'<&>".repeat(120)));
      sources
          .append(i == 0 ? "" : ",")
          .append(
              SamplePatterns.source(
                  "nodes/n" + i + "/services/kubelet.log", "n" + i, 64_620, "", bins.toString()));
    }
    var bundle =
        new MemoryBundle()
            .file(
                "log-patterns.json", SamplePatterns.json(patterns.toString(), sources.toString()));
    var html = bundle.page();
    var text = new HtmlPage(html).text();

    assertTrue(html.length() < 900_000, "length " + html.length());
    for (String sentence :
        List.of(
            "Showing 20 of 1000 nodes individually",
            "Other nodes",
            "Showing 50 of 1000 patterns",
            "Showing 20 of 1000 logs with error lines")) {
      assertTrue(text.contains(sentence), sentence);
    }
    assertEquals(html, bundle.page(), "the same bytes again");
    ReportWriterTest.assertLinksResolve(bundle);
  }

  private static TimelineRows.Row row(TimelineSection timeline, String name) {
    return timeline.rows().stream()
        .filter(row -> row.fullName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> hatches(TimelineRows.Row row) {
    return row.hatches().stream().map(TimelineRows.Hatch::title).toList();
  }
}
