package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.rules.SampleObjects.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about what is in the bundle and must not be.
final class BundleRulesTest {
  private static final String TOKEN = "eyJhbGciOiJub25lIn0" + ".eyJzdWIiOiJ0ZXN0In0";

  @Test
  void tokenThatOneByteLimitHasCutIsALeakAndIsNeverShown() {
    var bundle =
        new ClusterBundle()
            .file("nodes/n1/services/kubelet.log", "I1121 ok\ngot " + TOKEN + "\n")
            .file("cluster-resources/pods/logs/shop/a/app.log", "got " + TOKEN + "\n");
    var finding = only(bundle, new BundleSecretLeak());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "1 secret not redacted (JSON web token) in 2 files: do not share this bundle",
        finding.title());
    assertFalse(finding.toString().contains(TOKEN));
    assertTrue(
        finding.evidence().stream()
            .anyMatch(each -> each.toString().equals("nodes/n1/services/kubelet.log:2")));
  }

  @Test
  void variablesAreLeaksByTheirNamesUnlessTheyWereTakenOut() {
    assertEquals(1, variable("DB_PASSWORD", "hunter2").findings(new BundleSecretLeak()).size());
    for (var each :
        List.of(
            variable("DB_PASSWORD", "(7 bytes, not collected)"),
            variable("DB_PASSWORD", "[redacted:field]"),
            variable("DB_PASSWORD", "$(OTHER)"),
            variable("TOKENIZER_PATH", "bpe"),
            variable("TOKEN", "/var/run/token"))) {
      assertEquals(List.of(), each.findings(new BundleSecretLeak()));
    }
  }

  @Test
  void redactedAddressesAndNamesOfEventsAreNoLeak() {
    var bundle =
        new ClusterBundle()
            .file(
                "cluster-resources/pods/logs/shop/a/app.log",
                "postgres://shop:[redacted:url-password]@db:5432/shop\nhttp://a.example/b@c\n")
            .objects("events/shop.json", event("Killing", "Pod", "a.18a1b2c3d4e5f607", "Stopping"));
    assertEquals(List.of(), bundle.findings(new BundleSecretLeak()));
    var plain =
        new ClusterBundle()
            .file(
                "cluster-resources/pods/logs/shop/a/app.log",
                "postgres://shop:geheim@db:5432/shop\n");
    assertTrue(
        only(plain, new BundleSecretLeak()).title().contains("(password in a URL) in 1 file"));
  }

  @Test
  void filesThatRedactionCannotReadAreNamedByKind() {
    var bundle =
        new ClusterBundle()
            .file("nodes/n1/files/journal/0a/system.journal", "x")
            .file("nodes/n1/files/syslog", "x")
            .file(
                "nodes/n1/files/audit.log",
                "{\"apiVersion\":\"audit.k8s.io/v1\",\"requestObject\":{}}\n");
    var findings = bundle.findings(new BundleUnredactableContent());
    assertEquals(
        List.of("audit logs with request bodies", "journals"),
        findings.stream().map(Finding::cause).sorted().toList());
  }

  @Test
  void namesThatDifferInCaseOnlyAreUnsafe() {
    var bundle = new ClusterBundle().file("nodes/n1/files/A.log", "x");
    assertEquals(List.of(), bundle.findings(new BundleUnsafeEntry()));
    assertEquals(
        "Archive contains 1 unsafe entry (paths differ only in case): nodes/n1/files/a.log",
        only(bundle.file("nodes/n1/files/a.log", "x"), new BundleUnsafeEntry()).title());
  }

  @Test
  void listOfSecretsThatWasReadSaysThatTheCollectorMayReadThem() {
    assertEquals(List.of(), new ClusterBundle().findings(new BundleCollectorOverprivileged()));
    var bundle = new ClusterBundle().item("clusterDump/secrets", new Outcome.Collected());
    var finding = only(bundle, new BundleCollectorOverprivileged());
    assertEquals("Identity me has more than read access: list secrets", finding.title());
    assertEquals(Severity.INFO, finding.severity());
  }

  private static ClusterBundle variable(String name, String value) {
    return new ClusterBundle()
        .objects(
            "pods/shop.json",
            json(
                "{'metadata':{'name':'a','namespace':'shop'},'spec':{'containers':[{'name':'app',"
                    + "'env':[{'name':'"
                    + name
                    + "','value':'"
                    + value
                    + "'}]}]},'status':{}}"));
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
