package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.SampleObjects.READY;
import static dev.diagbundle.analyze.rules.SampleObjects.UNREADY;
import static dev.diagbundle.analyze.rules.SampleObjects.event;
import static dev.diagbundle.analyze.rules.SampleObjects.node;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static dev.diagbundle.analyze.rules.SampleObjects.owned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about claims and volumes.
final class StorageRulesTest {
  private static final String PENDING = "{'phase':'Pending'}";

  @Test
  void claimOfAClassThatIsNotThereIsCriticalIfAPodWaits() {
    var bundle =
        claim("{'storageClassName':'nosuch'}", PENDING)
            .objects("pods/shop.json", owned("db-0", "StatefulSet", "db", "data", UNREADY));
    var finding = only(bundle, new PvcPending());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals("PVC shop/data pending: there is no StorageClass nosuch", finding.title());
    assertEquals("StatefulSet shop/db", finding.owners().getFirst().toString());
  }

  @Test
  void claimWithoutAClassAndWithoutADefaultSaysSo() {
    var finding = only(claim("{}", PENDING), new PvcPending());
    assertEquals(Severity.WARNING, finding.severity());
    assertTrue(finding.title().endsWith("there is no default class"), finding.title());
  }

  @Test
  void claimsOfOneSilentProvisionerAreOneFinding() {
    var bundle =
        new ClusterBundle()
            .objects("storage-classes.json", storageClass("Immediate"))
            .objects(
                "pvcs/shop.json",
                object("a", "{'storageClassName':'fast'}", PENDING),
                object("b", "{'storageClassName':'fast'}", PENDING))
            .objects("events/shop.json", external("a"), external("b"));
    var finding = only(bundle, new PvcPending());
    assertEquals(2, finding.count());
    assertTrue(
        finding.title().contains("provisioner ebs.example does not respond"), finding.title());
  }

  @Test
  void claimThatWaitsForItsFirstPodIsInformation() {
    var bundle =
        claim("{'storageClassName':'fast'}", PENDING)
            .objects("storage-classes.json", storageClass("WaitForFirstConsumer"));
    assertEquals(Severity.INFO, only(bundle, new PvcPending()).severity());
  }

  @Test
  void boundClaimAndYoungOneAreNoFinding() {
    var young =
        object("data", "{'storageClassName':'fast'}", PENDING).replace("02:00:00", "03:14:30");
    var bundle =
        new ClusterBundle()
            .objects("pvcs/shop.json", young, object("b", "{}", "{'phase':'Bound'}"));
    assertEquals(List.of(), bundle.findings(new PvcPending()));
  }

  @Test
  void unregisteredDriverOutweighsTheTimeoutThatFollows() {
    var finding = only(mount(""), new VolumeMountFailed());
    assertEquals(
        "1 pod cannot mount v: CSI driver ebs.example is not registered on n1", finding.title());
    assertEquals(Severity.CRITICAL, finding.severity());
  }

  @Test
  void driverThatTheNodeHasByNowIsNoCause() {
    var finding = only(mount("{'name':'ebs.example'}"), new VolumeMountFailed());
    assertTrue(finding.title().endsWith("timed out on n1"), finding.title());
  }

  @Test
  void missingSecretIsNoFailureOfAVolumeAndNeitherIsAPodThatRuns() {
    var missing =
        event("FailedMount", "Pod", "a", "MountVolume.SetUp failed: secret \\'x\\' not found");
    var bundle =
        new ClusterBundle()
            .objects("pods/shop.json", pod("a", "a", UNREADY), pod("b", "b", READY))
            .objects("events/shop.json", missing, event("FailedMount", "Pod", "b", "timed out"));
    assertEquals(
        List.of("b"),
        bundle.findings(new VolumeMountFailed()).stream()
            .flatMap(finding -> finding.objects().stream())
            .map(name -> name.name())
            .toList());
  }

  @Test
  void volumeThatANodeThatIsOffStillHoldsNamesThatNode() {
    var finding =
        only(
            attach(
                "Multi-Attach error for volume \\'pv1\\' Volume is already exclusively attached"),
            new VolumeAttachFailed());
    assertEquals(
        "Volume pv1 of pod shop/db-0 cannot attach to n1: still attached to n2 (not ready)",
        finding.title());
    assertEquals(List.of("n2"), finding.nodes());
  }

  @Test
  void attachmentWithAnErrorNeedsNoEvent() {
    var bundle =
        new ClusterBundle()
            .objects(
                "volumeattachments.json", attachment("n1", "false", "rpc error: limit reached"));
    var finding = only(bundle, new VolumeAttachFailed());
    assertEquals(
        "Volume pv1 cannot attach to n1: ebs.example: rpc error: limit reached", finding.title());
    assertEquals(
        List.of(),
        new ClusterBundle()
            .objects("volumeattachments.json", attachment("n1", "true", ""))
            .findings(new VolumeAttachFailed()));
  }

  @Test
  void volumeThatTheStorageDoesNotKnowIsLostAndNotUnattachable() {
    var bundle =
        new ClusterBundle()
            .objects("volumeattachments.json", attachment("n1", "false", "volume vol-1 not found"));
    assertEquals(List.of(), bundle.findings(new VolumeAttachFailed()));
    var finding = only(bundle, new VolumeLost());
    assertTrue(finding.title().startsWith("Volume pv1 of "), finding.title());
    assertEquals(Severity.CRITICAL, finding.severity());
  }

  @Test
  void volumesAreFullByTheirRoomAndByTheirInodes() {
    var bundle =
        stats("10", "2", "90").objects("pvcs/shop.json", object("data", "{}", "{'phase':'Bound'}"));
    var finding = only(bundle, new VolumeNearlyFull());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals("PVC shop/data is 98% full", finding.title());
    var inodes = only(stats("10", "50", "3"), new VolumeNearlyFull());
    assertEquals(Severity.WARNING, inodes.severity());
    assertEquals("PVC shop/data has 3% of its inodes free", inodes.title());
  }

  @Test
  void volumeWithRoomAndOneThatNobodyMayWriteAreNoFinding() {
    assertEquals(List.of(), stats("10", "20", "50").findings(new VolumeNearlyFull()));
    var readOnly =
        stats("10", "1", "50")
            .objects("pvcs/shop.json", object("data", "{'accessModes':['ReadOnlyMany']}", "{}"));
    assertEquals(List.of(), readOnly.findings(new VolumeNearlyFull()));
  }

  @Test
  void nodeWithoutStatisticsIsNotTakenForOneWithRoom() {
    var bundle = new ClusterBundle().objects("nodes.json", node("n1", "True"));
    var verdict = bundle.analyze(List.of(new VolumeNearlyFull())).results().getFirst().verdict();
    assertEquals(new Verdict.Unknown(List.of("kubelet statistics of n1: not collected")), verdict);
  }

  @Test
  void lostClaimIsCriticalAndAVolumeThatIsKeptIsInformation() {
    var bundle =
        new ClusterBundle()
            .objects("pvcs/shop.json", object("data", "{'volumeName':'pv1'}", "{'phase':'Lost'}"))
            .objects("pods/shop.json", owned("db-0", "StatefulSet", "db", "data", UNREADY))
            .objects(
                "pvs.json",
                object("pv2", "{'persistentVolumeReclaimPolicy':'Retain'}", "{'phase':'Released'}"),
                object(
                    "pv3", "{'persistentVolumeReclaimPolicy':'Delete'}", "{'phase':'Released'}"));
    var findings = bundle.findings(new VolumeLost());
    assertEquals(
        List.of(Severity.CRITICAL, Severity.INFO),
        findings.stream().map(Finding::severity).toList());
    assertEquals(
        "Volume pv1 of shop/data is lost: the claim's phase is Lost", findings.getFirst().title());
    assertEquals("db", findings.getFirst().owners().getFirst().name());
  }

  private static ClusterBundle claim(String spec, String status) {
    return new ClusterBundle().objects("pvcs/shop.json", object("data", spec, status));
  }

  private static String storageClass(String mode) {
    return json(
        "{'metadata':{'name':'fast'},'provisioner':'ebs.example','volumeBindingMode':'"
            + mode
            + "'}");
  }

  private static String external(String claim) {
    return event("ExternalProvisioning", "PersistentVolumeClaim", claim, "Waiting for a volume");
  }

  private static ClusterBundle mount(String drivers) {
    var driver =
        "MountVolume.MountDevice failed for volume \\'v\\' : driver name ebs.example not found in"
            + " the list of registered CSI drivers";
    return new ClusterBundle()
        .objects("pods/shop.json", pod("a", "a", UNREADY))
        .file(
            "cluster-resources/custom-resources/csinodes.storage.k8s.io.json",
            json("[\n{'metadata':{'name':'n1'},'spec':{'drivers':[" + drivers + "]}}\n]"))
        .objects(
            "events/shop.json",
            event("FailedMount", "Pod", "a", driver),
            event("FailedMount", "Pod", "a", "Unable to attach or mount volumes: timed out"));
  }

  private static ClusterBundle attach(String message) {
    return new ClusterBundle()
        .objects("nodes.json", node("n1", "True"), node("n2", "Unknown"))
        .objects("pods/shop.json", owned("db-0", "StatefulSet", "db", "data", UNREADY))
        .objects("volumeattachments.json", attachment("n2", "true", ""))
        .objects("events/shop.json", event("FailedAttachVolume", "Pod", "db-0", message));
  }

  private static String attachment(String node, String attached, String error) {
    return json(
        "{'metadata':{'name':'csi-1'},'spec':{'attacher':'ebs.example','nodeName':'"
            + node
            + "','source':{'persistentVolumeName':'pv1'}},'status':{'attached':"
            + attached
            + (error.isEmpty()
                ? ""
                : ",'attachError':{'time':'2026-11-21T03:10:00Z','message':'" + error + "'}")
            + "}}");
  }

  private static ClusterBundle stats(String unit, String free, String inodes) {
    return new ClusterBundle()
        .objects("nodes.json", node("n1", "True"))
        .file(
            "nodes/n1/kubelet/stats-summary.json",
            json(
                "{'pods':[{'volume':[{'name':'data','pvcRef':{'name':'data','namespace':'shop'},"
                    + "'availableBytes':"
                    + free
                    + ",'capacityBytes':"
                    + unit
                    + "0,'inodes':100,'inodesFree':"
                    + inodes
                    + "}]}]}"));
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
