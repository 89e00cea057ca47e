package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.deployment;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.lease;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.replicaSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One worker is off and another hangs; a StatefulSet's pod hangs on the first with its volume.
final class ScenarioS2Test {
  @TempDir private Path folder = Path.of("");

  private static final String LOST =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'False','lastTransitionTime':"
          + "'2026-11-21T03:07:04Z'}]}";

  @ParameterizedTest
  @EnumSource
  void deadWorkerAndHungWorkerAreTheOnlyRoots(Way way) throws Exception {
    var lost =
        "'type':'Ready','status':'Unknown','reason':'NodeStatusUnknown',"
            + "'lastTransitionTime':'2026-11-21T03:07:04Z'";
    var db =
        pod("db-0", "", LOST)
            .replace("\"nodeName\":\"n1\"", "\"nodeName\":\"n2\"")
            .replace(
                "\"creationTimestamp\"",
                "\"deletionTimestamp\":\"2026-11-21T03:08:00Z\",\"ownerReferences\":[{\"kind\":"
                    + "\"StatefulSet\",\"name\":\"db\",\"controller\":true}],"
                    + "\"creationTimestamp\"");
    var refused = "dial tcp 10.0.0.2:10250: connect: connection refused";
    var analysis =
        way.analyze(
            new ClusterBundle()
                .objects(
                    "nodes.json", node("n1", "True"), node("n2", lost, "", ""), node("n3", "True"))
                .objects(
                    "leases/kube-node-lease.json",
                    lease("n1", "2026-11-21T03:15:00Z"),
                    lease("n2", "2026-11-21T03:06:20Z"),
                    lease("n3", "2026-11-21T03:14:02Z"))
                .objects(
                    "pods/shop.json",
                    pod("api-1", "api-7d9", READY),
                    pod("api-2", "api-7d9", LOST)
                        .replace("\"nodeName\":\"n1\"", "\"nodeName\":\"n2\""),
                    db)
                .objects("replicasets/shop.json", replicaSet("api-7d9", "api", 2, 1))
                .objects("deployments/shop.json", deployment("api", "api-7d9", 2, 1))
                .objects("statefulsets/shop.json", statefulSet())
                .objects("volumeattachments.json", attachment())
                .item("kubelet/n2/healthz", new Outcome.Failed(Reason.UNREACHABLE, refused))
                .item(
                    "kubelet/n3/healthz",
                    new Outcome.Failed(Reason.UNREACHABLE, "net/http: TLS handshake timeout")),
            folder);

    assertEquals(List.of("node-not-ready", "node-flapping"), way.roots(analysis));
    var dead = analysis.roots().getFirst();
    assertEquals(Severity.CRITICAL, dead.severity());
    assertTrue(ids(dead.symptoms()).contains("collect-node-unreachable"), dead::toString);
    var hung = analysis.roots().get(1);
    assertEquals(Severity.WARNING, hung.severity());
    assertEquals(List.of("n3"), hung.nodes());
    assertEquals(List.of("collect-node-unreachable"), ids(hung.symptoms()));
    assertEquals(List.of(), analysis.collection());
  }

  private static String statefulSet() {
    return json(
        "{'metadata':{'name':'db','namespace':'shop','generation':1},'spec':{'replicas':1,"
            + "'podManagementPolicy':'OrderedReady','selector':{'matchLabels':{'app':''}}},"
            + "'status':{'replicas':1,'readyReplicas':0,'observedGeneration':1}}");
  }

  private static String attachment() {
    return json(
        "{'metadata':{'name':'csi-1'},'spec':{'attacher':'csi.example','nodeName':'n2','source':"
            + "{'persistentVolumeName':'pv-1'}},'status':{'attached':true}}");
  }
}
