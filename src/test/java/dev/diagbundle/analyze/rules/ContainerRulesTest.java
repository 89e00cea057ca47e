package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.ClusterBundle.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about the state of containers: when they speak, and when they keep silent.
final class ContainerRulesTest {
  private static final String CRASHED =
      "'restartCount':3,'state':{'terminated':{'exitCode':3,'reason':'Error','message':'db"
          + " unreachable','finishedAt':'2026-11-21T03:14:08Z'}},'lastState':{'terminated':"
          + "{'exitCode':3,'finishedAt':'2026-11-21T03:13:14Z'}}";
  private static final String RUNNING =
      "'restartCount':0,'started':true,'state':{'running':{'startedAt':'2026-11-21T02:00:05Z'}}";
  private static final String OOM =
      "'restartCount':1,'state':{'running':{'startedAt':'2026-11-21T03:10:48Z'}},'lastState':"
          + "{'terminated':{'exitCode':137,'reason':'OOMKilled',"
          + "'finishedAt':'2026-11-21T03:10:47Z'}}";

  @Test
  void crashLoopIsSeenBetweenTwoWaits() {
    var finding = only(shop(pod("crash", "", status("False", CRASHED))));
    assertEquals("pod-crash-loop", finding.id());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Pod shop/crash: container app exits with code 3, 3 restarts — “db unreachable” (1 pod)",
        finding.title());
    assertEquals("cluster-resources/pods/shop.json:2", finding.evidence().getFirst().toString());
  }

  @Test
  void oneEndWithoutARestartIsNoLoop() {
    var once =
        CRASHED.replace("'restartCount':3", "'restartCount':0").replaceFirst(",'lastState'.*", "");
    assertEquals(List.of(), all(shop(pod("once", "", status("False", once)))));
  }

  @Test
  void endLongAgoIsNoLoop() {
    var old = CRASHED.replace("03:14:08", "02:14:08").replace("03:13:14", "02:13:14");
    assertEquals(List.of(), all(shop(pod("old", "", status("False", old)))));
  }

  @Test
  void fiveHundredPodsOfOneOwnerAreOneFinding() {
    var pods = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      pods.add(pod("web-" + i, "web", status("False", CRASHED)));
    }
    var finding = only(shop(pods.toArray(String[]::new)));
    assertEquals(500, finding.count());
    assertEquals(1_500, finding.occurrences());
    assertEquals(Finding.SAMPLES, finding.samples().size());
    assertTrue(finding.title().startsWith("ReplicaSet shop/web: "), finding.title());
  }

  @Test
  void oneCauseOfThreeOwnersIsOneFindingAndOfTwoIsTwo() {
    var two =
        shop(pod("a", "a", status("False", CRASHED)), pod("b", "b", status("False", CRASHED)));
    assertEquals(2, all(two).size());
    var three =
        shop(
            pod("a", "a", status("False", CRASHED)),
            pod("b", "b", status("False", CRASHED)),
            pod("c", "c", status("False", CRASHED)));
    var finding = only(three);
    assertEquals(3, finding.owners().size());
    assertTrue(finding.title().startsWith("3 workloads: "), finding.title());
  }

  @Test
  void ownerWithAReadyPodIsOnlyDegraded() {
    var finding =
        only(
            shop(
                pod("web-1", "web", status("False", CRASHED)),
                pod("web-2", "web", status("True", RUNNING))));
    assertEquals(Severity.WARNING, finding.severity());
  }

  @Test
  void ownerIsTheDeploymentOfTheReplicaSet() {
    var bundle =
        shop(pod("web-1", "web-5f", status("False", CRASHED)))
            .objects(
                "replicasets/shop.json",
                ClusterBundle.json(
                    "{'metadata':{'name':'web-5f','namespace':'shop','ownerReferences':"
                        + "[{'kind':'Deployment','name':'web','controller':true}]}}"));
    assertTrue(only(bundle).title().startsWith("Deployment shop/web: "));
  }

  @Test
  void lastWordsComeFromThePreviousLogIfTheContainerLeftNone() {
    var silent = CRASHED.replace("'message':'db unreachable',", "");
    var bundle =
        shop(pod("crash", "", status("False", silent)))
            .file(
                "cluster-resources/pods/logs/shop/crash/app.log",
                """
                2026-11-21T03:14:08.000000394Z starting
                2026-11-21T03:14:08.000000886Z panic: no db

                """);
    var finding = only(bundle);
    assertTrue(finding.title().contains("“panic: no db”"), finding.title());
    assertEquals(
        "cluster-resources/pods/logs/shop/crash/app.log:1", finding.evidence().get(1).toString());
  }

  @Test
  void imageThatTheRegistryNameOfWhichIsUnknownIsNotBlamedOnClusterDns() {
    var finding = only(shop(pod("bad", "", waiting("ErrImagePull", "lookup r: no such host"))));
    assertEquals("pod-image-pull-failure", finding.id());
    assertEquals("registry-dns r.example/app:1", finding.cause());
  }

  @Test
  void threeImagesOfOneRegistryThatIsAwayAreOneFinding() {
    var finding =
        only(
            shop(
                pod("a", "a", waiting("ErrImagePull", "i/o timeout")).replace("app:1", "a:1"),
                pod("b", "b", waiting("ErrImagePull", "i/o timeout")).replace("app:1", "b:1"),
                pod("c", "c", waiting("ImagePullBackOff", "refused")).replace("app:1", "c:1")));
    assertEquals(3, finding.count());
    assertTrue(finding.title().contains("registry r.example cannot be reached"), finding.title());
  }

  @Test
  void waitForCreationIsNoFailureOfAnImage() {
    assertEquals(List.of(), all(shop(pod("new", "", waiting("ContainerCreating", "")))));
  }

  @Test
  void memoryKillClaimsTheContainerBeforeTheRestart() {
    var finding = only(shop(pod("cart", "cart", status("True", OOM))));
    assertEquals("pod-oom-killed", finding.id());
    assertEquals(Severity.WARNING, finding.severity());
    assertTrue(finding.title().contains("limit 64Mi"), finding.title());
  }

  @Test
  void exitCode137AloneIsNoMemoryKill() {
    var killed = OOM.replace("OOMKilled", "Error");
    var finding = only(shop(pod("cart", "cart", status("True", killed))));
    assertEquals("pod-restarted-recently", finding.id());
    assertEquals(Severity.INFO, finding.severity());
  }

  @Test
  void restartOfYesterdayIsNoFinding() {
    var old = OOM.replace("OOMKilled", "Error").replace("2026-11-21T03:10", "2026-11-19T03:10");
    assertEquals(List.of(), all(shop(pod("cart", "cart", status("True", old)))));
  }

  @Test
  void initContainerThatFailsIsFoundOnceAndTheMainOneIsNot() {
    var pod =
        pod(
                "init",
                "",
                "{'phase':'Pending','initContainerStatuses':[{'name':'migrate','restartCount':3,"
                    + "'state':{'terminated':{'exitCode':1,'finishedAt':'2026-11-21T03:14:10Z'}}}],"
                    + "'containerStatuses':[{'name':'app','state':{'waiting':"
                    + "{'reason':'PodInitializing'}}}]}")
            .replace(
                "\"containers\"", "\"initContainers\":[{\"name\":\"migrate\"}],\"containers\"");
    var finding = only(shop(pod));
    assertEquals("pod-init-failed", finding.id());
    assertTrue(
        finding.title().contains("migrate (1 of 1) fails with exit code 1"), finding.title());
  }

  @Test
  void initContainerThatSucceededIsNoFinding() {
    var pod =
        pod(
                "init",
                "",
                "{'phase':'Running','initContainerStatuses':[{'name':'migrate','state':"
                    + "{'terminated':{'exitCode':0,'finishedAt':'2026-11-21T03:14:10Z'}}}]}")
            .replace(
                "\"containers\"", "\"initContainers\":[{\"name\":\"migrate\"}],\"containers\"");
    assertEquals(List.of(), all(shop(pod)));
  }

  @Test
  void missingSecretIsNamedWithItsNamespace() {
    var finding =
        only(shop(pod("a", "a", waiting("CreateContainerConfigError", "secret db not found"))));
    assertEquals("pod-config-missing", finding.id());
    assertEquals("Secret shop/db is missing: 1 pod cannot start", finding.title());
  }

  @Test
  void rootThatMayNotRunIsAStartErrorAndNoMissingConfiguration() {
    var finding =
        only(
            shop(
                pod(
                    "a",
                    "a",
                    waiting(
                        "CreateContainerConfigError",
                        "container has runAsNonRoot and image will run as root"))));
    assertEquals("pod-start-error", finding.id());
  }

  @Test
  void commandThatIsNotFoundIsAStartErrorAndNoCrash() {
    var failed = CRASHED.replace("'exitCode':3", "'exitCode':127");
    var finding = only(shop(pod("a", "a", status("False", failed))));
    assertEquals("pod-start-error", finding.id());
    assertTrue(finding.title().contains("command not found"), finding.title());
  }

  @Test
  void probeThatFailsOftenIsAFindingAndOneFailureIsNot() {
    var unready = RUNNING.replace("'started':true", "'started':false");
    var bundle = shop(pod("slow", "slow", status("False", unready)));
    assertEquals(List.of(), all(bundle.objects("events/shop.json", unhealthy(1))));
    var finding = only(bundle.objects("events/shop.json", unhealthy(7)));
    assertEquals("pod-probe-failing", finding.id());
    assertEquals(7, finding.occurrences());
    assertTrue(finding.title().contains("Readiness probe"), finding.title());
    assertTrue(finding.title().contains("HTTP 500"), finding.title());
  }

  @Test
  void checkWhoseListIsForbiddenIsUnknownAndNeverClear() {
    var bundle =
        new ClusterBundle()
            .item("clusterDump/pods", new Outcome.Failed(Reason.FORBIDDEN, "no pods for you"));
    var results = bundle.analyze(List.of(new PodCrashLoop())).results();
    assertEquals(
        new Verdict.Unknown(List.of("pods: forbidden, no pods for you")),
        results.getFirst().verdict());
    assertEquals(
        new Verdict.Clear(),
        new ClusterBundle().analyze(List.of(new PodCrashLoop())).results().getFirst().verdict());
  }

  @Test
  void listThatBreaksOffIsUnknown() {
    var bundle = new ClusterBundle().file("cluster-resources/pods/shop.json", "{\"items\":[{\"a\"");
    var verdict = bundle.analyze(List.of(new PodCrashLoop())).results().getFirst().verdict();
    assertEquals(List.of("pods: cluster-resources/pods/shop.json is damaged"), verdict.gaps());
  }

  private static String unhealthy(int count) {
    return ClusterBundle.json(
        "{'reason':'Unhealthy','type':'Warning','count':"
            + count
            + ",'lastTimestamp':"
            + "'2026-11-21T03:14:00Z','message':'Readiness probe failed: HTTP probe failed with"
            + " statuscode: 500','involvedObject':{'kind':'Pod','namespace':'shop',"
            + "'name':'slow','uid':'u-slow'}}");
  }

  private static String waiting(String reason, String message) {
    return status(
        "False",
        "'restartCount':0,'state':{'waiting':{'reason':'"
            + reason
            + "','message':'"
            + message
            + "'}}");
  }

  private static ClusterBundle shop(String... pods) {
    return new ClusterBundle().objects("pods/shop.json", pods);
  }

  private static List<Finding> all(ClusterBundle bundle) {
    return bundle.analyze(RuleRegistry.all()).roots();
  }

  private static Finding only(ClusterBundle bundle) {
    var found = all(bundle);
    assertEquals(1, found.size(), found::toString);
    return found.getFirst();
  }
}
