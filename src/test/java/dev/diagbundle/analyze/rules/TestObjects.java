package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Verdict;
import java.util.List;

/// Objects of a cluster for tests of rules, and what is found in them.
public final class TestObjects {
  public static final String READY =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}";
  static final String NO_SANDBOX =
      "{'phase':'Pending','conditions':[{'type':'Ready','status':'False'},"
          + "{'type':'PodReadyToStartContainers','status':'False'}]}";

  private TestObjects() {}

  public static String node(String name, String ready) {
    return node(name, "'type':'Ready','status':'" + ready + "','reason':'r'", "", "");
  }

  static String windowsNode(String name) {
    return node(
        name,
        "'type':'Ready','status':'True'",
        "'kubernetes.io/hostname':'" + name + "','node.kubernetes.io/windows-build':'10.0.20348'",
        "'operatingSystem':'windows','architecture':'amd64'");
  }

  /// @param condition the fields of one
  /// @param labels fields
  /// @param info fields of `nodeInfo`
  static String node(String name, String condition, String labels, String info) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','uid':'u-"
            + name
            + "','creationTimestamp':'2026-11-01T00:00:00Z','labels':{"
            + labels
            + "}},'spec':{},'status':{'nodeInfo':{"
            + info
            + "},'conditions':[{"
            + condition
            + (condition.contains("lastTransitionTime")
                ? ""
                : ",'lastTransitionTime':'2026-11-21T03:06:41Z'")
            + "}]}}");
  }

  /// An event about a pod of `shop` as `ClusterBundle.pod` makes them, or about a node, at 03:14.
  static String event(String reason, String kind, String name, int count, String message) {
    return json("{'reason':'"
            + reason
            + "','count':"
            + count
            + ",'firstTimestamp':'2026-11-21T03:04:01Z','lastTimestamp':'2026-11-21T03:14:01Z',"
            + "'message':'MESSAGE','involvedObject':{'kind':'"
            + kind
            + "',"
            + (kind.equals("Pod") ? "'namespace':'shop'," : "")
            + "'name':'"
            + name
            + "','uid':'u-"
            + name
            + "'}}")
        .replace("MESSAGE", message.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  static String lease(String node, String renewed) {
    return json(
        "{'metadata':{'name':'"
            + node
            + "','namespace':'kube-node-lease'},'spec':{'renewTime':'"
            + renewed
            + "'}}");
  }

  /// @param wanted how many pods it should have, and `ready` how many are
  static String replicaSet(String name, String deployment, int wanted, int ready) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'shop','generation':1,'ownerReferences':[{'kind':'Deployment','name':'"
            + deployment
            + "','controller':true}]},'spec':{'replicas':"
            + wanted
            + "},'status':"
            + replicas(wanted, ready)
            + "}}");
  }

  /// @param app the label of its pods
  static String deployment(String name, String app, int wanted, int ready) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'shop','generation':1},'spec':{'replicas':"
            + wanted
            + ",'selector':{'matchLabels':{'app':'"
            + app
            + "'}}},'status':"
            + replicas(wanted, ready)
            + ",'updatedReplicas':"
            + wanted
            + ",'conditions':[{'type':'Available','status':'False','reason':"
            + "'MinimumReplicasUnavailable','lastTransitionTime':'2026-11-21T03:07:05Z'}]}}");
  }

  private static String replicas(int wanted, int ready) {
    return "{'replicas':"
        + wanted
        + ",'readyReplicas':"
        + ready
        + ",'availableReplicas':"
        + ready
        + ",'observedGeneration':1";
  }

  /// Statistics of a kubelet with one disk for all.
  ///
  /// @param free percent
  static String stats(int free) {
    var disk =
        "{'availableBytes':"
            + free * 1_000_000_000L
            + ",'capacityBytes':100000000000,'inodesFree':50,'inodes':100}";
    return json(
        "{'node':{'fs':"
            + disk
            + ",'runtime':{'imageFs':"
            + disk
            + ",'containerFs':"
            + disk
            + "},'memory':{'availableBytes':4000000000},'rlimit':{'curproc':100,'maxpid':32768}},"
            + "'pods':[{'podRef':{'namespace':'shop','name':'hog'},'ephemeral-storage':"
            + "{'usedBytes':80000000000},'memory':{'workingSetBytes':900000000}}]}");
  }

  /// A row of `requests.jsonl`.
  static String request(String time, String url, String node, String date) {
    return json(
            "{'time':'"
                + time
                + "','url':'"
                + url
                + "','status':200,'serverDate':'"
                + date
                + "','millis':40,'node':'"
                + node
                + "','item':''}")
        + "\n";
  }

  /// The record of requests of a run in which the node's clock was right.
  static String requests(String node) {
    var date = "Sat, 21 Nov 2026 03:15:04 GMT";
    return request("2026-11-21T03:15:04.100Z", "/api/v1/pods", "", date)
        + request(
            "2026-11-21T03:15:04.200Z", "/api/v1/nodes/" + node + "/proxy/healthz", node, date);
  }

  public static Analysis analyze(ClusterBundle bundle) {
    return bundle.analyze(RuleRegistry.all());
  }

  static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }

  /// The one finding with the id, wherever it stands.
  public static Finding one(Analysis analysis, String id) {
    var found = analysis.all().stream().filter(each -> each.id().equals(id)).toList();
    assertEquals(1, found.size(), () -> id + " in " + analysis.all());
    return found.getFirst();
  }

  public static List<Finding> all(ClusterBundle bundle, String id) {
    return analyze(bundle).all().stream().filter(each -> each.id().equals(id)).toList();
  }

  public static Verdict verdict(ClusterBundle bundle, String id) {
    return analyze(bundle).results().stream()
        .filter(result -> result.check().id().equals(id))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
