package dev.diagbundle.cli;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.ClusterBundle.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Findings in a bundle of two clusters whose nodes, pods and owners have the same names. In `eu`
/// the node is dead; in `us` it is well, and a pod crashes on it.
final class AnalyzeClustersTest {
  private static final String LOST =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'False','lastTransitionTime':"
          + "'2026-11-21T03:07:04Z'}]}";
  private static final String CRASH =
      status(
          "False",
          "'restartCount':6,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':"
              + "{'terminated':{'exitCode':3,'reason':'Error','message':'bad flag',"
              + "'finishedAt':'2026-11-21T03:13:00Z'}}");

  @TempDir private Path folder = Path.of("");

  @Test
  void findingsNameTheirClusterAndNothingOfOneExplainsTheOther() throws Exception {
    var bundle = collect();
    Analysis analysis;
    try (var reader = BundleReader.open(bundle)) {
      analysis = new BundleAnalyzer(RuleRegistry.all()).analyze(reader);
    }
    var grave =
        analysis.roots().stream()
            .filter(root -> root.severity() != Severity.INFO)
            .map(root -> root.cluster() + " " + root.id() + " " + ids(root.symptoms()))
            .toList();
    assertEquals(
        List.of(
            "eu node-not-ready [workload-unavailable]", "us pod-crash-loop [workload-unavailable]"),
        grave);
    for (Finding finding : analysis.all()) {
      assertTrue(List.of("eu", "us").contains(finding.cluster()), finding::toString);
      for (Finding child : finding.symptoms()) {
        assertEquals(finding.cluster(), child.cluster());
      }
      for (var evidence : finding.evidence()) {
        assertTrue(
            evidence.path().startsWith("clusters/" + finding.cluster() + "/")
                || evidence.path().equals("manifest.json"),
            evidence::path);
      }
    }
    // Each check has its own answer for each cluster.
    assertEquals(2L * RuleRegistry.all().size(), analysis.results().size());
    for (var result : analysis.results()) {
      if (result.check().id().equals("certificate-expiry")) {
        var verdict = result.verdict();
        assertFalse(verdict.toString().contains("kubelet metrics of n1"), verdict::toString);
      }
      if (result.check().id().equals("pod-crash-loop")) {
        assertEquals(result.cluster().equals("us"), result.verdict() instanceof Verdict.Fired);
      }
    }
    var text = Run.of("analyze", bundle.toString());
    assertTrue(text.out().contains("[eu] 1 of 1 node not ready"), text.out());
    assertTrue(
        text.out().contains("[us] Deployment shop/api") || text.out().contains("[us] "),
        text.out());
  }

  private Path collect() throws Exception {
    var lost =
        "'type':'Ready','status':'Unknown','reason':'NodeStatusUnknown','message':'m',"
            + "'lastTransitionTime':'2026-11-21T03:07:04Z'";
    var well =
        "'type':'Ready','status':'True','reason':'KubeletReady','message':'m',"
            + "'lastTransitionTime':'2026-11-20T03:07:04Z'";
    var bundle = folder.resolve("two.tar.gz");
    try (var eu = ClusterData.of(ReplayedCluster.write(cluster(lost, LOST), folder.resolve("eu")));
        var us = ClusterData.of(ReplayedCluster.write(cluster(well, CRASH), folder.resolve("us")));
        var first = ReplayServer.start(eu, ReplayOptions.defaults());
        var second = ReplayServer.start(us, ReplayOptions.defaults())) {
      var config =
          Files.writeString(
              folder.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              clusters:
              - { name: eu, cluster: { server: "%s" } }
              - { name: us, cluster: { server: "%s" } }
              contexts:
              - { name: eu, context: { cluster: eu, user: reader } }
              - { name: us, context: { cluster: us, user: reader } }
              users:
              - { name: reader, user: {} }
              """
                  .formatted(first.url(), second.url()));
      var run =
          Run.at(
              Clock.fixed(ClusterBundle.NOW, ZoneOffset.UTC),
              Signals.NONE,
              "collect",
              "-q",
              "-p",
              "support",
              "--kubeconfig",
              config.toString(),
              "--all-contexts",
              "-o",
              bundle.toString());
      assertTrue(List.of(ExitCode.OK, ExitCode.INCOMPLETE).contains(run.code()), run.err());
    }
    return bundle;
  }

  private static ClusterBundle cluster(String condition, String status) {
    var owned =
        "'metadata':{'name':'NAME','namespace':'shop','generation':1OWNER},'spec':{'replicas':1,"
            + "'selector':{'matchLabels':{'app':'api-7d9'}}},'status':{'replicas':1,"
            + "'observedGeneration':1,'conditions':[{'type':'Available','status':'False',"
            + "'lastTransitionTime':'2026-11-21T03:07:05Z'}]}";
    var owner = ",'ownerReferences':[{'kind':'Deployment','name':'api','controller':true}]";
    return new ClusterBundle()
        .objects(
            "nodes.json",
            json(
                "{'metadata':{'name':'n1','uid':'u-n1','creationTimestamp':'2026-11-01T00:00:00Z'},"
                    + "'spec':{},'status':{'conditions':[{"
                    + condition
                    + "}]}}"))
        .objects("pods/shop.json", pod("api-1", "api-7d9", status))
        .objects(
            "replicasets/shop.json",
            json("{" + owned.replace("NAME", "api-7d9").replace("OWNER", owner) + "}"))
        .objects(
            "deployments/shop.json",
            json("{" + owned.replace("NAME", "api").replace("OWNER", "") + "}"));
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
