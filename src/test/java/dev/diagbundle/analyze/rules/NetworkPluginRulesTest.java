package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.NO_SANDBOX;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.event;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static dev.diagbundle.analyze.rules.TestObjects.windowsNode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about network plugins, flannel, the host network of Windows, and images that do not fit.
final class NetworkPluginRulesTest {
  private static final String PLUGIN =
      "Failed to create pod sandbox: failed to setup network for sandbox \"0a1b2c3d4e5f6a7b\":"
          + " plugin type=\"calico\" failed (add): error getting ClusterInformation: unauthorized";
  private static final String NO_ADDRESS =
      "Failed to create pod sandbox: failed to setup network for sandbox \"0a1b\": plugin"
          + " type=\"host-local\" failed (add): failed to allocate for range 0: no IP addresses"
          + " available in range set: 10.244.1.1-10.244.1.254";
  private static final String SUBNET =
      "Failed to create pod sandbox: failed to setup network for sandbox \"0a1b\": plugin"
          + " type=\"flannel\" failed (add): loadFlannelSubnetEnv failed:"
          + " open /run/flannel/subnet.env: no such file or directory";

  @Test
  void kubeletThatHasNoNetworkIsExplainedByItsPlugin() {
    var sick =
        node(
            "n1",
            "'type':'Ready','status':'False','reason':'KubeletNotReady','message':'container"
                + " runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady"
                + " message:Network plugin returns error: cni plugin not initialized'",
            "",
            "");
    var root = analyze(new ClusterBundle().objects("nodes.json", sick)).roots().getFirst();
    assertEquals("cni-not-ready", root.id());
    assertEquals(Severity.CRITICAL, root.severity());
    assertEquals(List.of("node-not-ready"), ids(root.symptoms()));
  }

  @Test
  void readyNodeWhosePluginFailsForEachPodIsFound() {
    var finding = one(analyze(sandboxes(node("n1", "True"), PLUGIN)), "cni-not-ready");
    assertTrue(
        finding.title().startsWith("Pod network not working on 1 node (n1): calico:"),
        finding.title());
    assertEquals(7, finding.occurrences());
  }

  @Test
  void nodeOfAMinuteMayStillWaitForItsPlugin() {
    var young = node("n1", "True").replace("2026-11-01T00:00:00Z", "2026-11-21T03:14:00Z");
    assertEquals(List.of(), all(sandboxes(young, PLUGIN), "cni-not-ready"));
  }

  @Test
  void podWhoseSandboxWasMadeSinceLeavesInformation() {
    var made =
        READY.replace(
            "'True'}]",
            "'True'},{'type':'PodReadyToStartContainers','status':'True','lastTransitionTime':"
                + "'2026-11-21T03:14:30Z'}]");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", pod("a", "a", made))
            .objects("events/shop.json", event("FailedCreatePodSandBox", "Pod", "a", 7, PLUGIN));
    var finding = one(analyze(bundle), "cni-not-ready");
    assertTrue(finding.recovered());
    assertEquals(Severity.INFO, finding.severity());
  }

  @Test
  void exhaustedRangeExplainsWhatThePluginSays() {
    var analysis = analyze(sandboxes(node("n1", "True"), NO_ADDRESS));
    assertEquals(List.of("cni-ip-exhausted"), ids(analysis.roots()));
    var root = analysis.roots().getFirst();
    assertEquals(List.of("cni-not-ready", "pod-sandbox-failure"), ids(root.symptoms()));
    assertEquals(List.of("n1"), root.nodes());
  }

  @Test
  void nodeThatGotNoRangeIsFoundUnlessItHasOneNow() {
    var event = event("CIDRNotAvailable", "Node", "n1", 3, "Node n1 status is now: x");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("events/default.json", event);
    assertEquals(1, all(bundle, "cni-ip-exhausted").size());
    var served =
        node("n1", "True").replace("\"spec\":{", "\"spec\":{\"podCIDR\":\"10.244.1.0/24\"");
    bundle.objects("nodes.json", served);
    assertEquals(List.of(), all(bundle, "cni-ip-exhausted"));
  }

  @Test
  void flannelWithoutItsFileIsTheRootOfWhatFollows() {
    var analysis = analyze(sandboxes(node("n1", "True"), SUBNET));
    assertEquals(List.of("flannel-not-started"), ids(analysis.roots()));
    assertEquals(
        List.of("cni-not-ready", "pod-sandbox-failure"),
        ids(analysis.roots().getFirst().symptoms()));
  }

  @Test
  void flannelInTheFirstMinuteOfItsNodeIsNotFound() {
    var young = node("n1", "True").replace("2026-11-01T00:00:00Z", "2026-11-21T03:13:30Z");
    assertEquals(List.of(), all(sandboxes(young, SUBNET), "flannel-not-started"));
  }

  @Test
  void flannelThatWaitsAtTheEndOfItsLogIsFoundAndOneThatWentOnIsNot() {
    var log = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      log.append("I1121 03:14:0" + i)
          .append(".000 1 network.go:1] Waiting for the Network to be created\n");
    }
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", windowsNode("w1"))
            .file("nodes/w1/services/flanneld.log", log.toString());
    var finding = one(analyze(bundle), "flannel-not-started");
    assertEquals(List.of("w1"), finding.nodes());
    assertEquals("nodes/w1/services/flanneld.log:1", finding.evidence().getFirst().toString());
    bundle.file("nodes/w1/services/flanneld.log", log + "I1121 03:14:12.000 ready\n".repeat(5));
    assertEquals(List.of(), all(bundle, "flannel-not-started"));
  }

  @Test
  void pauseImageOfAnotherBuildIsNamedWithTheNodesBuild() {
    var message =
        "Failed to create pod sandbox: hcs::CreateComputeSystem: The container operating system"
            + " does not match the host operating system. (0xc0370101)";
    var analysis = analyze(sandboxes(windowsNode("n1"), message));
    var root = analysis.roots().getFirst();
    assertEquals("os-image-mismatch", root.id());
    assertEquals(
        "the pause image does not match windows/amd64/10.0.20348 of n1 (pause image, 1 pod)",
        root.title());
    assertEquals(List.of("pod-sandbox-failure"), ids(root.symptoms()));
    assertEquals(List.of(), all(sandboxes(windowsNode("n1"), message), "cni-not-ready"));
  }

  @Test
  void imageWithoutAVariantExplainsThePullThatFails() {
    var waiting =
        ClusterBundle.status(
            "False",
            "'state':{'waiting':{'reason':'ErrImagePull','message':'no match for platform in"
                + " manifest sha256:0: not found'}}");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", windowsNode("n1"))
            .objects("pods/shop.json", pod("a", "a", waiting), pod("b", "a", waiting));
    var root = analyze(bundle).roots().getFirst();
    assertEquals("os-image-mismatch", root.id());
    assertEquals(2, root.count());
    assertEquals(List.of("pod-image-pull-failure"), ids(root.symptoms()));
  }

  @Test
  void hnsNetworkThatIsGoneIsFoundAtThreeLinesOnWindowsOnly() {
    var line = "E1121 03:1%d:22.1 1 proxier.go:1] \"Unable to find HNS Network\" name=\"Calico\"\n";
    var log = line.formatted(1) + line.formatted(2) + line.formatted(3);
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", windowsNode("w1"))
            .file("nodes/w1/files/kube-proxy/kube-proxy.log", log);
    var finding = one(analyze(bundle), "windows-hns-broken");
    assertEquals(3, finding.occurrences());
    assertTrue(finding.title().contains("w1"), finding.title());
    bundle.file("nodes/w1/services/kube-proxy.log", log);
    assertEquals(3, one(analyze(bundle), "windows-hns-broken").occurrences(), "the same log twice");
    bundle.file("nodes/w1/services/kube-proxy.log", "");
    var old = log.replace("03:1", "01:1");
    bundle.file("nodes/w1/files/kube-proxy/kube-proxy.log", old);
    assertTrue(one(analyze(bundle), "windows-hns-broken").recovered());
    bundle.file("nodes/w1/files/kube-proxy/kube-proxy.log", line.formatted(1));
    assertEquals(List.of(), all(bundle, "windows-hns-broken"));
    bundle
        .objects("nodes.json", node("w1", "True"))
        .file("nodes/w1/files/kube-proxy/kube-proxy.log", log);
    assertEquals(List.of(), all(bundle, "windows-hns-broken"));
  }

  @Test
  void kubeProxyWithoutTheNameOfItsNodeIsFoundWhereThatDiffers() {
    var flag = "I1121 02:31:21.904413    4212 flags.go:64] FLAG: --hostname-override=\"\"\n";
    var renamed =
        windowsNode("w1")
            .replace("hostname\": \"w1", "hostname\": \"win-9k2")
            .replace("hostname\":\"w1", "hostname\":\"win-9k2");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", renamed)
            .file("nodes/w1/files/kube-proxy/kube-proxy.log", flag);
    assertEquals(1, all(bundle, "windows-hns-broken").size());
    bundle.objects("nodes.json", windowsNode("w1"));
    assertEquals(List.of(), all(bundle, "windows-hns-broken"));
  }

  private static ClusterBundle sandboxes(String node, String message) {
    return new ClusterBundle()
        .objects("nodes.json", node)
        .objects("pods/shop.json", pod("a", "a", NO_SANDBOX))
        .objects("events/shop.json", event("FailedCreatePodSandBox", "Pod", "a", 7, message));
  }
}
