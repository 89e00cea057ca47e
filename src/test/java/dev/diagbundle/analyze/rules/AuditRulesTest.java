package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about what is not recorded, and about what was applied and did not arrive.
final class AuditRulesTest {
  private static final String KEPT =
      "'--audit-policy-file=/etc/policy.yaml','--audit-log-path=/var/log/audit/audit.log'";

  @Test
  void apiServerWithoutAPolicyRecordsNothing() {
    var finding = only(server("'--secure-port=6443'", "hostPath"));
    assertEquals(Severity.INFO, finding.severity());
    assertEquals("Audit trail off: no --audit-policy-file", finding.title());
    assertEquals(2, only(servers(2)).count());
  }

  @Test
  void logOutsideTheHostIsNotKept() {
    assertTrue(only(server(KEPT, "emptyDir")).title().contains("not persistent"));
    assertInstanceOf(
        Verdict.Clear.class,
        server(KEPT, "hostPath").analyze(List.of(new AuditGap())).results().getFirst().verdict());
  }

  @Test
  void eventsThatWereDroppedAreAWarningAndCountersAtNothingAreNone() {
    var dropped =
        server(KEPT, "hostPath")
            .file("api/metrics", "apiserver_audit_error_total{plugin=\"log\"} 4\n");
    var finding = only(dropped);
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("Audit trail dropping events", finding.title());
    var none = server(KEPT, "hostPath").file("api/metrics", "apiserver_audit_error_total 0\n");
    assertEquals(List.of(), none.findings(new AuditGap()));
  }

  @Test
  void flagsThatAreNotVisibleAreUnknown() {
    assertInstanceOf(
        Verdict.Unknown.class,
        new ClusterBundle().analyze(List.of(new AuditGap())).results().getFirst().verdict());
  }

  @Test
  void misspeltFieldIsNamedWithTheOneThatWasMeant() {
    var findings = applied("{'spec':{'containers':[{'name':'app','commnd':['sh']}]}}");
    assertEquals(1, findings.size());
    assertEquals(Severity.WARNING, findings.getFirst().severity());
    assertEquals(
        "Pod shop/a: applied field spec.containers[app].commnd is not in the live object; did you"
            + " mean command?",
        findings.getFirst().title());
  }

  @Test
  void fieldsThatSayNothingOrAreThereAreNoFinding() {
    assertEquals(
        List.of(),
        applied(
            "{'metadata':{'nothing':'x'},'stringData':{'a':'b'},'spec':{'hostNetwork':false,"
                + "'nodeName':'','tolerations':[],'restartPolicy':'Never',"
                + "'containers':[{'name':'app','image':'x','resources':null}]}}"));
  }

  @Test
  void appliedTextThatWasRedactedIsUnknown() {
    var bundle = new ClusterBundle().objects("pods/shop.json", pod("[redacted:field]"));
    assertInstanceOf(
        Verdict.Unknown.class,
        bundle.analyze(List.of(new AppliedFieldDropped())).results().getFirst().verdict());
  }

  private static List<Finding> applied(String text) {
    return new ClusterBundle()
        .objects("pods/shop.json", pod(json(text).replace("\"", "\\\"")))
        .findings(new AppliedFieldDropped());
  }

  private static String pod(String applied) {
    return json("{'metadata':{'name':'a','namespace':'shop','annotations':{"
            + "'kubectl.kubernetes.io/last-applied-configuration':'APPLIED'}},"
            + "'spec':{'restartPolicy':'Never','containers':[{'name':'app','image':'x'}]}}")
        .replace("APPLIED", applied);
  }

  private static ClusterBundle server(String flags, String volume) {
    return new ClusterBundle().objects("pods/kube-system.json", server("s1", flags, volume));
  }

  private static ClusterBundle servers(int count) {
    var pods = new String[count];
    for (int i = 0; i < count; i++) {
      pods[i] = server("s" + i, "'--secure-port=6443'", "hostPath");
    }
    return new ClusterBundle().objects("pods/kube-system.json", pods);
  }

  private static String server(String node, String flags, String volume) {
    return json(
        "{'metadata':{'name':'kube-apiserver-"
            + node
            + "','namespace':'kube-system','labels':{'component':'kube-apiserver'}},'spec':{"
            + "'containers':[{'name':'kube-apiserver','command':['kube-apiserver',"
            + flags
            + "],'volumeMounts':[{'name':'audit','mountPath':'/var/log/audit'}]}],"
            + "'volumes':[{'name':'audit','"
            + volume
            + "':{}}]}}");
  }

  private static Finding only(ClusterBundle bundle) {
    var findings = bundle.findings(new AuditGap());
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
