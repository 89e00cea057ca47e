package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.rules.SampleObjects.event;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about certificates and admission webhooks.
final class CertificateRulesTest {
  private static final String HOOKS = "validating-webhook-configurations.json";

  /// An authority of a test that ended on 20 November 2026, at midnight.
  private static final String EXPIRED = TestCertificates.EXPIRED;

  @Test
  void kubeletsWithAnExpiredCertificateAreOneFinding() {
    var line =
        "E1121 03:10:00.000000 1 x.go:1] part of the existing bootstrap client certificate is"
            + " expired: No valid client certificate is found\n";
    var bundle =
        new ClusterBundle()
            .file("nodes/n1/services/kubelet.log", line)
            .file("nodes/n2/services/kubelet.log", line);
    var finding = only(bundle, new CertificateExpiry());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Certificate of the kubelet (client) has expired on 2 nodes (n1, n2)", finding.title());
  }

  @Test
  void certificatesOfRegistriesAndClocksThatAreBehindAreNoExpiry() {
    var bundle =
        new ClusterBundle()
            .file(
                "nodes/n1/services/kubelet.log",
                "E1121 03:10:00.000000 1 x.go:1] failed to pull image: x509: certificate has expired\n"
                    + "E1121 03:10:00.000000 1 x.go:1] x509: certificate has expired or is not yet"
                    + " valid: current time 2026-11-21T03:10:00Z is before 2026-11-22T00:00:00Z\n");
    assertEquals(List.of(), bundle.findings(new CertificateExpiry()));
  }

  @Test
  void linesBeforeARotationAreOver() {
    var bundle =
        new ClusterBundle()
            .file(
                "nodes/n1/services/kubelet.log",
                "E1121 01:10:00.000000 1 x.go:1] x509: certificate has expired\n");
    assertTrue(only(bundle, new CertificateExpiry()).recovered());
  }

  @Test
  void metricsTellOfKubeletsThatDoNotRenewInTime() {
    assertEquals(
        List.of("Certificate of the kubelet (client) has expired on 1 node (n1)"),
        titles(metrics("-60", "0").findings(new CertificateExpiry())));
    assertEquals(
        List.of(
            "Certificate of the kubelet (client) expires within 3 days and is not renewed on 1"
                + " node (n1)"),
        titles(metrics("3.6e+03", "2").findings(new CertificateExpiry())));
    // Certificates that live for a day are normal on some platforms.
    assertEquals(List.of(), metrics("3.6e+03", "0").findings(new CertificateExpiry()));
    assertEquals(List.of(), metrics("+Inf", "0").findings(new CertificateExpiry()));
  }

  @Test
  void requestThatNobodyAnswersForTenMinutesIsAWarning() {
    var request = object("csr-1", "{'signerName':'kubernetes.io/kubelet-serving'}", "{}");
    var bundle = new ClusterBundle().objects("certificatesigningrequests.json", request);
    assertEquals(
        "1 certificate signing request of kubelets pending (csr-1)",
        only(bundle, new CertificateExpiry()).title());
    var approved = request.replace("\"status\":{}", "\"status\":{\"conditions\":[{}]}");
    assertEquals(
        List.of(),
        new ClusterBundle()
            .objects("certificatesigningrequests.json", approved, request.replace("02:00", "03:10"))
            .findings(new CertificateExpiry()));
  }

  @Test
  void webhookWithAnExpiredAuthorityFails() {
    var bundle = new ClusterBundle().objects(HOOKS, hook("pods", "Fail", EXPIRED));
    var expiry = only(bundle, new CertificateExpiry());
    assertEquals("Certificate authority of a webhook expired (w.example)", expiry.title());
    var failing = only(bundle, new WebhookFailing());
    assertEquals(Severity.CRITICAL, failing.severity());
    assertEquals(
        "Admission webhook w.example fails for pods: its certificate authority has expired",
        failing.title());
  }

  @Test
  void webhookWithoutItsServiceIsAWarningIfItMayBePassed() {
    var finding =
        only(new ClusterBundle().objects(HOOKS, hook("pods", "Ignore", "")), new WebhookFailing());
    assertEquals(Severity.WARNING, finding.severity());
    assertTrue(finding.title().endsWith(": Service shop/hook does not exist"), finding.title());
  }

  @Test
  void webhookThatDeniesDoesItsWork() {
    var bundle =
        new ClusterBundle()
            .objects(
                "events/shop.json",
                event(
                    "FailedCreate",
                    "ReplicaSet",
                    "api",
                    "admission webhook \\'w.example\\' denied the request: no"));
    assertEquals(List.of(), bundle.findings(new WebhookFailing()));
  }

  @Test
  void messagesOfOneWebhookAreOneFinding() {
    var failed =
        "failed calling webhook \\'w.example\\': failed to call webhook: connection refused";
    var bundle =
        new ClusterBundle()
            .objects(
                "events/shop.json",
                event("FailedCreate", "ReplicaSet", "api", failed),
                event("FailedCreate", "Job", "report", failed));
    var finding = only(bundle, new WebhookFailing());
    assertEquals(2, finding.occurrences());
    assertEquals(
        List.of("report", "api"), finding.owners().stream().map(ObjectName::name).toList());
  }

  private static ClusterBundle metrics(String left, String errors) {
    return new ClusterBundle()
        .file(
            "nodes/n1/kubelet/metrics.txt",
            "kubelet_certificate_manager_client_ttl_seconds "
                + left
                + "\nkubelet_certificate_manager_client_expiration_renew_errors "
                + errors
                + "\n");
  }

  static String hook(String resource, String policy, String bundle) {
    return json(
        "{'metadata':{'name':'hooks'},'webhooks':[{'name':'w.example','failurePolicy':'"
            + policy
            + "','clientConfig':{'caBundle':'"
            + bundle
            + "','service':{'namespace':'shop','name':'hook'}},'rules':[{'resources':['"
            + resource
            + "']}]}]}");
  }

  private static List<String> titles(List<Finding> findings) {
    return findings.stream().map(Finding::title).toList();
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
