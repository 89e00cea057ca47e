package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about nodes, scheduling, Services and DNS.
final class ClusterRulesTest {
  private static final String PENDING =
      "{'phase':'Pending','conditions':[{'type':'Ready','status':'False'},{'type':'PodScheduled',"
          + "'status':'False','reason':'Unschedulable','lastTransitionTime':"
          + "'2026-11-21T03:06:29Z','message':'0/2 nodes are available: 2 Insufficient cpu."
          + " preemption: 0/2 nodes are available.'}]}";
  private static final String READY =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}";
  private static final String SERVICE =
      json(
          "{'metadata':{'name':'web','namespace':'shop'},'spec':{'type':'ClusterIP',"
              + "'selector':{'app':'wbe'}}}");

  @Test
  void nodeWhoseKubeletIsSilentIsCriticalAndExplainsWhatCouldNotBeCollectedThere() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "Unknown"), node("n2", "True"))
            .objects("pods/shop.json", pod("a", "a", READY))
            .item(
                "kubelet/n1/healthz",
                new Outcome.Failed(Reason.UNREACHABLE, "dial tcp: connection refused"));
    var analysis = analyze(bundle);
    var root = only(analysis);
    assertEquals("node-not-ready", root.id());
    assertEquals(Severity.CRITICAL, root.severity());
    assertTrue(root.title().startsWith("1 of 2 nodes not ready"), root.title());
    assertTrue(root.title().endsWith("n1; 1 pod affected"), root.title());
    assertEquals("cluster-resources/nodes.json:2", root.evidence().getFirst().toString());
    assertEquals("collect-node-unreachable", root.symptoms().getFirst().id());
    assertEquals(List.of(), analysis.collection());
  }

  @Test
  void readyNodeThatIsNotReachedIsAFindingOfItsOwn() {
    var analysis =
        analyze(
            new ClusterBundle()
                .objects("nodes.json", node("n1", "True"))
                .item(
                    "kubelet/n1/healthz",
                    new Outcome.Failed(Reason.UNREACHABLE, "net/http: TLS handshake timeout")));
    assertEquals(List.of(), analysis.roots());
    assertTrue(analysis.collection().getFirst().title().contains("hangs"));
  }

  @Test
  void nodeThatTheAutoscalerTakesAwayIsNoFault() {
    var leaving =
        node("n1", "False")
            .replace(
                "\"spec\":{",
                "\"spec\":{\"taints\":[{\"key\":\"ToBeDeletedByClusterAutoscaler\"}]");
    assertEquals(
        Severity.INFO,
        only(analyze(new ClusterBundle().objects("nodes.json", leaving))).severity());
  }

  @Test
  void requestThatIsLargerThanAnyNodeCanNeverFit() {
    var big =
        pod("toobig", "", PENDING)
            .replace("\"resources\":{", "\"resources\":{\"requests\":{\"cpu\":\"64\"},");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", big);
    var finding = only(analyze(bundle));
    assertEquals("pod-unschedulable", finding.id());
    assertTrue(finding.title().contains("2 Insufficient cpu; the request can never fit (64 CPU"));
  }

  @Test
  void podThatWaitsForLessThanAMinuteIsNoFinding() {
    var young = PENDING.replace("03:06:29", "03:14:30");
    var bundle = new ClusterBundle().objects("pods/shop.json", pod("a", "", young));
    assertEquals(List.of(), analyze(bundle).roots());
  }

  @Test
  void scaleUpThatRunsMakesAWaitingPodInformation() {
    var event =
        json(
            "{'reason':'TriggeredScaleUp','lastTimestamp':'2026-11-21T03:12:00Z','message':'up',"
                + "'involvedObject':{'kind':'Pod','namespace':'shop','name':'a','uid':'u-a'}}");
    var bundle =
        new ClusterBundle()
            .objects("pods/shop.json", pod("a", "", PENDING))
            .objects("events/shop.json", event);
    assertEquals(Severity.INFO, only(analyze(bundle)).severity());
  }

  @Test
  void selectorOneLetterOffIsNamed() {
    var bundle =
        new ClusterBundle()
            .objects("services/shop.json", SERVICE)
            .objects(
                "endpointslices/shop.json",
                json(
                    "{'metadata':{'name':'web-1','namespace':'shop','labels':"
                        + "{'kubernetes.io/service-name':'web'}},'endpoints':null}"))
            .objects("pods/shop.json", pod("web", "web", READY));
    var finding = only(analyze(bundle));
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(
        "Service shop/web has no endpoints: its selector app=wbe matches no pod;"
            + " did you mean app=web?",
        finding.title());
  }

  @Test
  void serviceWithAReadyEndpointOrWithoutASelectorIsNoFinding() {
    var bundle =
        new ClusterBundle()
            .objects(
                "services/shop.json",
                SERVICE,
                json("{'metadata':{'name':'kubernetes','namespace':'shop'},'spec':{}}"))
            .objects(
                "endpointslices/shop.json",
                json(
                    "{'metadata':{'name':'web-1','namespace':'shop','labels':"
                        + "{'kubernetes.io/service-name':'web'}},'endpoints':[{'addresses':"
                        + "['10.0.0.1'],'conditions':{}}]}"));
    assertEquals(List.of(), analyze(bundle).roots());
  }

  @Test
  void serviceOfPodsThatAreNotReadyIsFoldedBelowWhatKeepsThem() {
    var bundle =
        new ClusterBundle()
            .objects("services/shop.json", SERVICE.replace("wbe", "web"))
            .objects("pods/shop.json", pod("web-1", "web", PENDING));
    var root = only(analyze(bundle));
    assertEquals("pod-unschedulable", root.id());
    assertEquals("service-no-endpoints", root.symptoms().getFirst().id());
  }

  @Test
  void kubeletWithoutClusterDnsIsCountedByTheNodesEventsOnly() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", pod("a", "a", READY))
            .file("nodes/n1/kubelet/configz.json", "{\"kubeletconfig\":{}}")
            .objects("events/shop.json", dnsEvent("Node", "n1", 116), dnsEvent("Pod", "a", 24));
    var finding = only(analyze(bundle));
    assertEquals("dns-not-configured", finding.id());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(116, finding.occurrences());
  }

  @Test
  void kubeletThatKnowsTheDnsNowOutweighsOldEvents() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", pod("a", "a", READY))
            .file(
                "nodes/n1/kubelet/configz.json",
                "{\"kubeletconfig\":{\"clusterDNS\":[\"169.254.20.10\"]}}")
            .objects("events/shop.json", dnsEvent("Node", "n1", 20));
    assertEquals(List.of(), analyze(bundle).roots());
  }

  @Test
  void sandboxThatWasMadeAfterTheLastFailureIsOver() {
    var made =
        "{'phase':'Running','conditions':[{'type':'Ready','status':'True'},{'type':"
            + "'PodReadyToStartContainers','status':'True','lastTransitionTime':"
            + "'2026-11-21T03:12:35Z'}]}";
    var finding = only(analyze(sandbox(made)));
    assertEquals("pod-sandbox-failure", finding.id());
    assertTrue(finding.recovered());
    assertEquals(Severity.INFO, finding.severity());
    var stuck = made.replace("'True','last", "'False','last").replace("'True'}", "'False'}");
    var active = only(analyze(sandbox(stuck)));
    assertFalse(active.recovered());
    assertEquals(Severity.CRITICAL, active.severity());
    assertEquals(12, active.occurrences());
  }

  private static ClusterBundle sandbox(String status) {
    return new ClusterBundle()
        .objects("nodes.json", node("n1", "True"))
        .objects("pods/shop.json", pod("a", "a", status))
        .objects(
            "events/shop.json",
            sandboxEvent("0a1b2c3d4e5f6a7b", 5),
            sandboxEvent("f".repeat(16) + "1", 7));
  }

  private static String sandboxEvent(String id, int count) {
    return json(
        "{'reason':'FailedCreatePodSandBox','type':'Warning','count':"
            + count
            + ",'lastTimestamp':'2026-11-21T03:09:01Z','message':'Failed to create pod sandbox:"
            + " failed to start sandbox "
            + id
            + ": OCI runtime create failed','involvedObject':"
            + "{'kind':'Pod','namespace':'shop','name':'a','uid':'u-a'}}");
  }

  private static String dnsEvent(String kind, String name, int count) {
    return json(
        "{'reason':'MissingClusterDNS','count':"
            + count
            + ",'lastTimestamp':'2026-11-21T03:11:31Z','message':'no ClusterDNS','involvedObject':"
            + "{'kind':'"
            + kind
            + "','name':'"
            + name
            + "','uid':'u-"
            + name
            + "'}}");
  }

  private static String node(String name, String ready) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','uid':'u-"
            + name
            + "','creationTimestamp':'2026-11-01T00:00:00Z'},'spec':{},'status':{'allocatable':"
            + "{'cpu':'2','memory':'4Gi'},'conditions':[{'type':'Ready','status':'"
            + ready
            + "','reason':'r','lastTransitionTime':'2026-11-21T03:08:41Z'}]}}");
  }

  private static Analysis analyze(ClusterBundle bundle) {
    return bundle.analyze(RuleRegistry.all());
  }

  private static Finding only(Analysis analysis) {
    assertEquals(1, analysis.roots().size(), analysis.roots()::toString);
    return analysis.roots().getFirst();
  }
}
