package dev.diagbundle.report.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.report.HtmlPage;
import dev.diagbundle.report.MemoryBundle;
import dev.diagbundle.report.Page;
import dev.diagbundle.report.SampleBundle;
import dev.diagbundle.report.VerdictSection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

public final class ReportWriterTest {
  private static final Set<String> WRITTEN_LAST = Set.of("manifest.json", "SHA256SUMS");

  @Test
  void sameBundleGivesTheSameBytes() throws Exception {
    assertEquals(SampleBundle.create().page(), SampleBundle.create().page());
  }

  @Test
  void everyLinkLeadsToAnEntryOrToAnIdOfThePage() throws Exception {
    assertLinksResolve(SampleBundle.create());
  }

  @Test
  void idsAreUniqueAndMadeByTheGenerator() throws Exception {
    var ids = new HtmlPage(SampleBundle.create().page()).ids();

    assertEquals(ids.size(), new HashSet<>(ids).size());
    assertEquals(
        List.of(),
        ids.stream()
            .filter(id ->
                !id.matches(
                    "[FRNWD]\\d+|i-[a-z]+|top|main|mytime|evtab|filetab|unknown|checks|tl-[td]|hatch|(findings|redaction|completeness|nodes|timeline|patterns|workloads|events|files|collection)(-h)?"))
            .toList());
  }

  @Test
  void statesAddUpToThePlannedItems() throws Exception {
    var bundle = SampleBundle.create();
    var page = Page.of(bundle);
    var tally = page.completeness().tally();

    assertEquals(bundle.manifest().items().size(), tally.applicable() + tally.notApplicable());
    assertEquals(tally.gaps() + tally.notApplicable(), rows(page));
    assertEquals(new ItemTally(21, 1, 14, 3), tally);
  }

  @Test
  void pageSaysHowFastTheClusterWasAsked() throws Exception {
    var tool = Page.of(SampleBundle.create()).collection().tool();

    assertTrue(
        tool.containsAll(
            List.of(
                new CollectionSection.Fact("Concurrency", "max 16, 2 per node"),
                new CollectionSection.Fact("Requests per second", "max 2.5"))),
        tool.toString());
  }

  @Test
  void pageSaysWhatIsBrokenByTheObjects() throws Exception {
    var verdict = Page.of(SampleBundle.create()).verdict();

    assertEquals("1\u00a0node not ready, 10\u00a0pods need attention", verdict.title());
    assertEquals(
        List.of(
            "Node rig-3 is not ready: NodeStatusUnknown",
            "shop/badimage: ImagePullBackOff, app",
            "shop/crash: CrashLoopBackOff, app exited with code 3",
            "shop/db-0: Running, db is running but not ready"),
        verdict.leads().stream().map(VerdictSection.Lead::text).toList());
  }

  @Test
  void emptyBundleGivesAPageThatSaysSo() throws Exception {
    var bundle = new MemoryBundle();
    var text = new HtmlPage(bundle.page()).text();

    assertTrue(text.contains("Unknown: no nodes or pods in this bundle"), text);
    assertTrue(text.contains("This bundle contains no pods."), text);
    assertTrue(text.contains("No events in this bundle."), text);
    assertLinksResolve(bundle);
  }

  @Test
  void damagedFilesMakeThePageSayLess() throws Exception {
    var node =
        "{\"metadata\":{\"name\":\"a\"},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}";
    var bundle =
        new MemoryBundle()
            .file("cluster-resources/nodes.json", "{\"items\":[" + node + ",{\"metadata\":{\"na")
            .file("cluster-resources/pods/x.json", "")
            .file("cluster-resources/pods/y.json", "[1,2,3]")
            .file("cluster-resources/pods/z.json", "{\"items\":[{\"status\":7,\"spec\":[]}]}")
            .file("cluster-resources/events/x.json", "<html>not found</html>")
            .file("requests.jsonl", "\n\nnull\n[]\n{\"status\":\"x\"}\n{")
            .file("profile.yaml", "\u0000\u0001");
    var text = new HtmlPage(bundle.page()).text();

    assertTrue(text.contains("1\u00a0node not ready"), text);
    assertLinksResolve(bundle);
  }

  @Test
  void unreachableNodesShareOneReason() throws Exception {
    var bundle = new MemoryBundle();
    for (int i = 1; i <= 3; i++) {
      for (String service : List.of("kubelet", "containerd")) {
        var said = "503 dial tcp 10.200.0.1" + i + ":10250: connect: connection refused";
        bundle.item(
            "nodeLogs", "rig-" + i, service, new Outcome.Failed(Reason.UNREACHABLE, said), 5);
      }
    }
    var rows = Page.of(bundle).completeness().groups().getFirst().shown();

    assertEquals(
        List.of("No connection to 3\u00a0nodes"),
        rows.stream().map(CompletenessSection.Row::title).toList());
    assertTrue(rows.getFirst().varies());
    assertEquals("6\u00a0service logs", rows.getFirst().summary());
    assertLinksResolve(bundle);
  }

  @Test
  void withoutTheNodeListThePlannedNodesAreShown() throws Exception {
    var bundle =
        new MemoryBundle()
            .item(
                "clusterDump",
                "",
                "nodes",
                new Outcome.Failed(Reason.FORBIDDEN, "nodes is forbidden"),
                2)
            .item(
                "kubelet",
                "rig-1",
                "healthz",
                "nodes/rig-1/kubelet/healthz.txt",
                "ok".getBytes(StandardCharsets.UTF_8));
    var text = new HtmlPage(bundle.page()).text();

    assertTrue(text.contains("The list of nodes is not in this bundle"), text);
    assertTrue(text.contains("State unknown"), text);
    assertFalse(text.contains("Addresses, conditions and capacity"), text);
    assertLinksResolve(bundle);
  }

  @Test
  void interruptedRunHasABanner() throws Exception {
    var text = new HtmlPage(SampleBundle.create().interrupted("deadline").page()).text();

    assertTrue(
        text.contains("The collection was interrupted after 47\u00a0s (its deadline)"), text);
    assertTrue(text.contains("Interrupted collection"), text);
    assertFalse(new HtmlPage(SampleBundle.create().page()).text().contains("was interrupted"));
  }

  private static int rows(Page page) {
    return page.completeness().groups().stream()
        .flatMap(group -> group.shown().stream())
        .mapToInt(CompletenessSection.Row::count)
        .sum();
  }

  public static void assertLinksResolve(MemoryBundle bundle) throws Exception {
    var page = new HtmlPage(bundle.page());
    var ids = new HashSet<>(page.ids());
    for (String link : page.links()) {
      if (link.startsWith("#")) {
        assertTrue(ids.contains(link.substring(1)), link);
      } else if (!link.startsWith("data:image/svg+xml,")) {
        if (link.startsWith("https://kubernetes.io/docs/")) {
          continue;
        }
        assertTrue(link.startsWith("./"), link);
        var name = link.substring(2).replaceFirst("#:~:text=.*", "");
        var path = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        assertTrue(
            WRITTEN_LAST.contains(path) || bundle.find(new EntryPath(path)).isPresent(), link);
      }
    }
  }
}
