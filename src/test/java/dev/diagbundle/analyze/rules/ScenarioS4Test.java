package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.NO_SANDBOX;
import static dev.diagbundle.analyze.rules.TestObjects.deployment;
import static dev.diagbundle.analyze.rules.TestObjects.event;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.replicaSet;
import static dev.diagbundle.analyze.rules.TestObjects.windowsNode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A new pool of Windows nodes that are ready and give no pod a network: 500 pods wait, and two
/// more for another reason.
final class ScenarioS4Test {
  @TempDir private Path folder = Path.of("");

  private static final String SUBNET =
      "Failed to create pod sandbox: failed to setup network for sandbox \"0a1b\": plugin"
          + " type=\"flannel\" failed (add): open C:\\run\\flannel\\subnet.env: The system cannot"
          + " find the file specified.";
  private static final String OTHER_BUILD =
      "Failed to create pod sandbox: hcs::CreateComputeSystem pause: The container operating system"
          + " does not match the host operating system. (0xc0370101)";

  @ParameterizedTest
  @EnumSource
  void poolWithoutFlannelIsTwoRootsAndNot500(Way way) throws Exception {
    var nodes = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      nodes.add(windowsNode("w" + i));
    }
    var pods = new ArrayList<String>();
    var events = new ArrayList<String>();
    for (int i = 0; i < 502; i++) {
      var name = "p" + i;
      var app = i < 500 ? "iis" : "old";
      pods.add(
          pod(name, app, NO_SANDBOX)
              .replace("\"nodeName\":\"n1\"", "\"nodeName\":\"w" + i % 10 + "\""));
      events.add(event("FailedCreatePodSandBox", "Pod", name, 4, i < 500 ? SUBNET : OTHER_BUILD));
    }
    var analysis =
        way.analyze(
            new ClusterBundle()
                .objects("nodes.json", nodes.toArray(String[]::new))
                .objects(
                    "replicasets/shop.json",
                    replicaSet("iis", "iis-web", 500, 0),
                    replicaSet("old", "old-web", 2, 0))
                .objects(
                    "deployments/shop.json",
                    deployment("iis-web", "iis", 500, 0),
                    deployment("old-web", "old", 2, 0))
                .objects("pods/shop.json", pods.toArray(String[]::new))
                .objects("events/shop.json", events.toArray(String[]::new)),
            folder);

    assertEquals(List.of("flannel-not-started", "os-image-mismatch"), way.roots(analysis));
    var flannel = analysis.roots().getFirst();
    assertEquals(Severity.CRITICAL, flannel.severity());
    assertEquals(10, flannel.count());
    assertEquals(List.of("cni-not-ready", "pod-sandbox-failure"), ids(flannel.symptoms()));
    assertEquals(500, flannel.symptoms().getLast().count());
    var image = analysis.roots().get(1);
    assertEquals(Severity.CRITICAL, image.severity());
    assertEquals(2, image.count());
    assertEquals(List.of("pod-sandbox-failure"), ids(image.symptoms()));
    assertTrue(analysis.all().size() < 10, () -> ids(analysis.all()).toString());
  }
}
