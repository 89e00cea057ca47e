package dev.diagbundle.report.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.HeaderSection;
import dev.diagbundle.report.Page;
import dev.diagbundle.report.SampleBundle;
import dev.diagbundle.report.TwoClusters;
import dev.diagbundle.report.collection.RequestTally;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.input.BundleFiles;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The page of a bundle of several clusters.
final class ClustersPageTest {
  @Test
  void headerListsEveryClusterAlsoOneThatDidNotAnswer() throws Exception {
    var header = Page.of(TwoClusters.create("eu", "us")).header();
    assertEquals("3\u00a0clusters", header.cluster());
    assertEquals(
        List.of("eu", "us", "dead"),
        header.clusters().stream().map(HeaderSection.Line::name).toList());
    assertEquals(
        "Kubernetes v1.36.2, local clock within 1\u00a0s of the API server",
        header.clusters().getFirst().state());
    assertEquals("nothing collected: " + TwoClusters.FAILURE, header.clusters().getLast().state());
  }

  @Test
  void nodesAreGroupedByClusterAndLeadToTheirOwnFiles() throws Exception {
    var one = Page.of(SampleBundle.create()).nodes();
    var two = Page.of(TwoClusters.create("eu", "us")).nodes();
    assertEquals(2 * one.total(), two.total());
    assertEquals(
        List.of("eu: 3\u00a0nodes, 1 not ready", "us: 3\u00a0nodes, 1 not ready"),
        two.rows().stream().map(NodesSection.Row::group).filter(g -> !g.isEmpty()).toList());
    for (var row : two.rows()) {
      for (var cell : row.cells()) {
        var href = cell.href().map(Href::value).orElse("#");
        assertTrue(
            href.startsWith("#") || href.startsWith("./clusters/" + row.cluster() + "/"), href);
      }
    }
  }

  @Test
  void podsAndEventsOfOneNameStayApart() throws Exception {
    var one = Page.of(SampleBundle.create());
    var two = Page.of(TwoClusters.create("eu", "us"));
    assertEquals(2 * one.workloads().total(), two.workloads().total());
    assertEquals(2 * one.events().total(), two.events().total());
    assertEquals(2 * one.events().events(), two.events().events());
    var clusters = new HashSet<String>();
    two.workloads().rows().forEach(row -> clusters.add(row.cluster()));
    two.events().rows().forEach(row -> clusters.add(row.cluster()));
    assertEquals(new HashSet<>(List.of("eu", "us")), clusters);
    for (var row : two.workloads().rows()) {
      for (var link : row.links()) {
        assertTrue(link.href().value().startsWith("./clusters/" + row.cluster() + "/"));
      }
    }
  }

  @Test
  void leadsSayWhichCluster() throws Exception {
    var leads = Page.of(TwoClusters.create("eu", "us")).verdict().leads();
    assertEquals("Node rig-3 of eu is not ready: NodeStatusUnknown", leads.getFirst().text());
    assertTrue(leads.getLast().text().startsWith("eu: shop/"), leads.getLast().text());
  }

  @Test
  void requestsOfAllClustersAreCounted() throws Exception {
    var one = RequestTally.of(new BundleFiles(SampleBundle.create()));
    var two = RequestTally.of(new BundleFiles(TwoClusters.create("eu", "us")));
    assertEquals(2 * one.sent(), two.sent());
  }

  @Test
  void hostileNamesOfClustersAreShownAsText() throws Exception {
    var page = TwoClusters.create("<img src=x>".replaceAll("[<>]", "&"), "a&b;'x").page();
    assertTrue(page.contains("a&amp;b;"), "escaped");
    assertFalse(page.contains("a&b;"), "unescaped");
    assertFalse(page.contains("<b>refused</b>"), "unescaped failure");
  }

  @Test
  void everyLinkIntoTheBundleIsAnEntry() throws Exception {
    var bundle = TwoClusters.create("eu", "us");
    var page = bundle.page();
    var known = new HashSet<>(List.of("./manifest.json", "./SHA256SUMS"));
    bundle.manifest().entries().forEach(entry -> known.add(Href.entry(entry.path()).value()));
    var links = java.util.regex.Pattern.compile("href=\"(\\./[^\"]+)\"").matcher(page);
    int count = 0;
    while (links.find()) {
      assertTrue(known.contains(links.group(1)), links.group(1));
      count++;
    }
    assertTrue(count > 50, "links: " + count);
  }

  @Test
  void pageOfOneClusterSaysNothingOfClusters() throws Exception {
    var page = SampleBundle.create().page();
    assertFalse(page.contains("clusters/"), "a path of several");
    assertFalse(page.contains("rowgroup\"><bdi>"), "a heading of a cluster");
    assertTrue(page.contains("<dt>Cluster</dt>"));
  }
}
