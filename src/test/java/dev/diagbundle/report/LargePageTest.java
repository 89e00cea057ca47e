package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.report.collection.ReportWriterTest;
import org.junit.jupiter.api.Test;

final class LargePageTest {
  private static final int NODES = 1_000;
  private static final int PODS = 20_000;
  private static final int EVENTS = 50_000;

  @Test
  void largeClusterFitsWithEveryCapNamed() throws Exception {
    var bundle = create();
    var html = bundle.page();
    var text = new HtmlPage(html).text();

    assertTrue(html.length() < 3_000_000, "length " + html.length());
    assertTrue(html.length() > 500_000, "length " + html.length());
    for (String sentence :
        new String[] {
          "Showing 200 of 1000 nodes individually.",
          "800 more nodes",
          "Showing 200 of 2500 rows.",
          "Showing 500 of 1000 rows, warnings first, then the newest.",
          "Showing 453 of 3003 files.",
        }) {
      assertTrue(text.contains(sentence), sentence);
    }
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void hugeTextsStopTheBlocksBeforeThePageIsTooBig() throws Exception {
    var pods = new StringBuilder("{\"items\":[");
    for (int i = 0; i < 500; i++) {
      pods.append(i == 0 ? "" : ",")
          .append("{\"metadata\":{\"namespace\":\"n\",\"name\":\"p")
          .append(i)
          .append("\"},\"status\":{\"phase\":\"Failed\",\"message\":\"")
          .append("<&>".repeat(700))
          .append("\",\"reason\":\"")
          .append("'".repeat(2_000))
          .append("\"},\"spec\":{}}");
    }
    var bundle = new MemoryBundle().file("cluster-resources/pods/n.json", pods + "]}");
    var html = bundle.page();

    assertTrue(html.length() < 2_900_000, "length " + html.length());
    assertTrue(new HtmlPage(html).text().contains(" of 500 rows."));
    ReportWriterTest.assertLinksResolve(bundle);
  }

  @Test
  void countsOfTheLargeClusterAreWhole() throws Exception {
    var page = Page.of(create());

    assertEquals(NODES, page.nodes().total());
    assertEquals(PODS, page.workloads().pods());
    assertEquals(2_500, page.workloads().notReady());
    assertEquals(EVENTS, page.events().events());
  }

  static MemoryBundle create() {
    var bundle = new MemoryBundle();
    var nodes = new StringBuilder("{\"items\":[");
    for (int i = 0; i < NODES; i++) {
      var name = "node-" + i;
      nodes
          .append(i == 0 ? "" : ",")
          .append("{\"metadata\":{\"name\":\"" + name + "\"},\"status\":{\"conditions\":[")
          .append("{\"type\":\"Ready\",\"status\":\"" + (i % 100 == 0 ? "False" : "True"))
          .append("\"}],\"nodeInfo\":{\"operatingSystem\":\"linux\"}}}");
      for (String service : new String[] {"kubelet", "containerd", "kube-proxy"}) {
        bundle.item(
            "nodeLogs",
            name,
            service,
            "nodes/" + name + "/services/" + service + ".log",
            new byte[9]);
      }
      bundle.item(
          "kubelet", name, "healthz", new Outcome.Failed(Reason.TIMED_OUT, "no answer in 30 s"), 9);
    }
    bundle.file("cluster-resources/nodes.json", nodes + "]}");
    bundle.file("cluster-resources/pods/shop.json", pods());
    bundle.file("cluster-resources/events/shop.json", events());
    return bundle;
  }

  private static String pods() {
    var pods = new StringBuilder("{\"items\":[");
    for (int i = 0; i < PODS; i++) {
      var ready = i % 8 == 0 ? "False" : "True";
      pods.append(i == 0 ? "" : ",")
          .append("{\"metadata\":{\"namespace\":\"shop\",\"name\":\"pod-" + i + "\"},")
          .append("\"spec\":{\"nodeName\":\"node-1\",\"containers\":[{}]},\"status\":{")
          .append("\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"app\",\"ready\":")
          .append(ready.equals("True"))
          .append("}],\"conditions\":[{\"type\":\"Ready\",\"status\":\"" + ready + "\"}]}}");
    }
    return pods + "]}";
  }

  private static String events() {
    var events = new StringBuilder("{\"items\":[");
    for (int i = 0; i < EVENTS; i++) {
      events
          .append(i == 0 ? "" : ",")
          .append("{\"type\":\"" + (i % 3 == 0 ? "Warning" : "Normal") + "\",\"reason\":\"R")
          .append((char) ('a' + i % 10))
          .append((char) ('a' + i / 10 % 10))
          .append((char) ('a' + i / 100 % 5))
          .append("\",\"message\":\"container 12 of pod failed\",\"lastTimestamp\":")
          .append("\"2026-11-21T04:%02d:%02dZ\"".formatted(i / 60 % 60, i % 60))
          .append(",\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p" + i + "\"}}");
    }
    return events + "]}";
  }
}
