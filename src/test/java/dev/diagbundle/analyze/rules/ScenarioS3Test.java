package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.SampleObjects.READY;
import static dev.diagbundle.analyze.rules.SampleObjects.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// etcd is out of space: reads work and every health check is green, but nothing can be written.
final class ScenarioS3Test {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void etcdOutOfSpaceIsTheRootThoughEveryHealthCheckIsGreen(Way way) throws Exception {
    var bundle = new ClusterBundle();
    var nodes = new ArrayList<String>();
    var leases = new ArrayList<String>();
    for (int i = 1; i <= 6; i++) {
      nodes.add(node("n" + i, "True"));
      leases.add(lease("kube-node-lease", "n" + i));
      bundle.file(
          "nodes/n" + i + "/services/kubelet.log",
          "E1121 02:56:00.000000 1 controller.go:1] \"Failed to update lease\" err=\"etcdserver: mvcc:"
              + " database space exceeded\"\n"
              + "E1121 03:14:00.000000 1 controller.go:1] \"Failed to update lease\" err=\"etcdserver:"
              + " mvcc: database space exceeded\"\n");
    }
    bundle
        .objects("nodes.json", nodes.toArray(String[]::new))
        .objects("leases/kube-node-lease.json", leases.toArray(String[]::new))
        .objects(
            "leases/kube-system.json",
            lease("kube-system", "kube-scheduler"),
            lease("kube-system", "kube-controller-manager"))
        .objects("pods/shop.json", pod("a", "a", READY))
        .file("requests.jsonl", "{\"url\":\"/version\",\"status\":200}\n")
        .file("api/livez", "[+]etcd ok\n")
        .file("api/readyz", "[+]etcd ok\n");
    var analysis = way.analyze(bundle, folder);
    var root = analysis.roots().getFirst();
    assertEquals("etcd-unhealthy", root.id());
    assertEquals(Severity.CRITICAL, root.severity());
    assertEquals(12, root.occurrences());
    assertEquals(
        2,
        root.symptoms().stream().filter(each -> each.id().equals("controllers-inactive")).count());
    // What is not ready is said of no node, and what runs goes on.
    assertEquals(List.of("etcd-unhealthy"), way.roots(analysis));
    var all = ids(analysis.all());
    var stale =
        root.symptoms().stream().filter(each -> each.id().equals("node-flapping")).findFirst();
    assertEquals(6, stale.orElseThrow().count());
    for (var never :
        List.of("nodes-mass-not-ready", "node-not-ready", "apiserver-unhealthy", "clock-skew")) {
      assertFalse(all.contains(never), never);
    }
  }

  private static String lease(String namespace, String name) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'"
            + namespace
            + "'},'spec':{'renewTime':'2026-11-21T02:55:04.000000Z'}}");
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
