package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.rules.SampleObjects.event;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.output.FindingsText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The certificate of an admission webhook has expired, so that no controller can make pods.
final class ScenarioS7Test {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource
  void expiredCertificateOfAWebhookExplainsWhatNoPodTells(Way way) throws Exception {
    var failed =
        "Error creating: Internal error occurred: failed calling webhook \\'w.example\\': failed to"
            + " call webhook: Post https://hook.shop.svc: x509: certificate has expired";
    var bundle =
        new ClusterBundle()
            .objects(
                "validating-webhook-configurations.json",
                CertificateRulesTest.hook("pods", "Fail", TestCertificates.EXPIRED))
            .objects(
                "services/shop.json",
                json("{'metadata':{'name':'hook','namespace':'shop'},'spec':{}}"))
            .objects(
                "endpointslices/shop.json",
                json(
                    "{'metadata':{'name':'hook-1','namespace':'shop','labels':"
                        + "{'kubernetes.io/service-name':'hook'}},'endpoints':[{'addresses':"
                        + "['10.0.0.1'],'conditions':{'ready':true}}]}"))
            .objects("deployments/shop.json", stalled("a"), stalled("b"), stalled("c"))
            .objects(
                "jobs/shop.json",
                object("report-1", "{}", "{'active':0}")
                    .replace(
                        "\"uid\"",
                        json(
                            "'ownerReferences':[{'kind':'CronJob','name':'report','controller':"
                                + "true}],'uid'")))
            .objects(
                "cronjobs/shop.json",
                object(
                    "report",
                    "{'schedule':'*/10 * * * *'}",
                    "{'lastScheduleTime':'2026-11-21T03:10:00Z',"
                        + "'lastSuccessfulTime':'2026-11-21T02:30:09Z'}"))
            .file(
                "cluster-resources/custom-resources/horizontalpodautoscalers.autoscaling/shop.json",
                "["
                    + object("a", "{}", "{'conditions':[{'type':'ScalingActive','status':'True'}]}")
                    + "]")
            .objects("replicasets/shop.json", set("a"), set("b"), set("c"))
            .objects(
                "events/shop.json",
                event("FailedCreate", "ReplicaSet", "a-1", failed),
                event("FailedCreate", "ReplicaSet", "b-1", failed),
                event("FailedCreate", "ReplicaSet", "c-1", failed),
                event("FailedCreate", "Job", "report-1", failed));
    var analysis = way.analyze(bundle, folder);
    assertEquals(List.of("certificate-expiry"), way.roots(analysis));
    var root = analysis.roots().getFirst();
    assertEquals("Certificate authority of a webhook expired (w.example)", root.title());
    var webhook = root.symptoms().getFirst();
    assertEquals("webhook-failing", webhook.id());
    var blocked = webhook.symptoms().getFirst();
    assertEquals("pod-creation-blocked", blocked.id());
    assertEquals(4, blocked.count());
    var stalled =
        blocked.symptoms().stream()
            .filter(each -> each.id().equals("rollout-stalled"))
            .findFirst()
            .orElseThrow();
    assertEquals(3, stalled.count());
    var late =
        blocked.symptoms().stream()
            .filter(each -> each.id().equals("cronjob-not-running"))
            .findFirst()
            .orElseThrow();
    assertEquals("CronJob shop/report", late.objects().getFirst().toString());
    assertEquals(1, analysis.count(Severity.CRITICAL));
    assertFalse(
        ids(analysis.all()).stream()
            .anyMatch(id -> id.startsWith("pod-") && !id.equals("pod-creation-blocked")));
    assertFalse(ids(analysis.all()).contains("hpa-not-scaling"));
    var text = new ByteArrayOutputStream();
    new FindingsText().write(analysis, "ticket.tar.gz", text);
    assertFalse(text.toString(StandardCharsets.UTF_8).contains("No active problem"));
  }

  private static String stalled(String name) {
    return object(
        name,
        "{'replicas':2}",
        "{'observedGeneration':1,'availableReplicas':2,'conditions':[{'type':'Available','status':"
            + "'True'},{'type':'Progressing','status':'False','reason':'ProgressDeadlineExceeded'}]}");
  }

  private static String set(String name) {
    return object(name + "-1", "{}", "{}")
        .replace(
            "\"uid\"",
            json(
                "'ownerReferences':[{'kind':'Deployment','name':'"
                    + name
                    + "','controller':true}],'uid'"));
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
