package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about the API server, etcd, controllers and aggregated APIs.
final class ControlPlaneRulesTest {
  @Test
  void failedChecksOfTheApiServerAreNamedAndExcludedOnesAreNot() {
    var bundle =
        new ClusterBundle()
            .file(
                "api/readyz",
                "[+]ping ok\n[-]informer-sync failed: reason withheld\n[+]etcd excluded: ok\n");
    var finding = only(bundle, new ApiserverUnhealthy());
    assertEquals("API server fails its own checks informer-sync", finding.title());
    assertEquals("api/readyz:2", finding.evidence().getFirst().toString());
    assertEquals(
        List.of(),
        new ClusterBundle()
            .file("api/readyz", "[+]etcd excluded: ok\n")
            .findings(new ApiserverUnhealthy()));
  }

  @Test
  void readyzThatMayNotBeReadIsUnknown() {
    var bundle =
        new ClusterBundle()
            .file("requests.jsonl", "{\"url\":\"/version\",\"status\":200}\n")
            .item("apiPaths/readyz", new Outcome.Failed(Reason.FORBIDDEN, "no"));
    assertEquals(
        new Verdict.Unknown(List.of("readyz of the API server: forbidden, no")),
        bundle.analyze(List.of(new ApiserverUnhealthy())).results().getFirst().verdict());
  }

  @Test
  void requestsThatAreTurnedAwayAreAWarningAndErrorsOfKubeletsAreNone() {
    var bundle =
        new ClusterBundle()
            .file(
                "requests.jsonl",
                """
                {"url":"/api/v1/pods","status":429}
                {"url":"/a","status":200}
                {"url":"/api/v1/nodes/n/proxy/healthz","status":503}
                """);
    var finding = only(bundle, new ApiserverUnhealthy());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("API server throttles requests (429): 1 of 3 requests", finding.title());
  }

  @Test
  void apiServerThatOneNodeDoesNotReachIsThatNodesMatter() {
    var line =
        "E1121 03:14:00.000000 1 x.go:1] \"Failed to update lease\" err=\"dial tcp 10.0.0.1:6443:"
            + " connect: connection refused\"\n";
    var one = new ClusterBundle().file("nodes/n1/services/kubelet.log", line);
    assertEquals(List.of(), one.findings(new ApiserverUnhealthy()));
    var finding = only(one.file("nodes/n2/services/kubelet.log", line), new ApiserverUnhealthy());
    assertEquals("API server is unreachable from 2 nodes (n1, n2)", finding.title());
  }

  @Test
  void fullEtcdIsCriticalThoughAllChecksAreGreen() {
    var bundle =
        new ClusterBundle()
            .file("api/readyz", "[+]etcd ok\n")
            .file(
                "nodes/n1/services/kubelet.log",
                "E1121 03:14:00.000000 1 x.go:1] \"Failed to update lease\" err=\"etcdserver: mvcc:"
                    + " database space exceeded\"\n");
    var finding = only(bundle, new EtcdUnhealthy());
    assertEquals("etcd is out of space and rejects writes", finding.title());
    assertEquals(Severity.CRITICAL, finding.severity());
  }

  @Test
  void etcdThatIsNotVisibleIsUnknownAndAFewSlowRequestsAreNoFinding() {
    var slow = "2026-11-21T03:10:00Z {\"msg\":\"apply request took too long\"}\n";
    var path = "cluster-resources/pods/logs/kube-system/etcd-n1/etcd.log";
    var few = new ClusterBundle().file(path, slow.repeat(49));
    var result = few.analyze(List.of(new EtcdUnhealthy())).results().getFirst();
    assertEquals(
        new Verdict.Unknown(List.of("etcd: none of its pods is visible")), result.verdict());
    var finding = only(new ClusterBundle().file(path, slow.repeat(50)), new EtcdUnhealthy());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("etcd has a slow disk", finding.title());
  }

  @Test
  void leaseThatIsNotRenewedMeansThatNobodyIsAtWork() {
    var finding = only(leases("03:00:00"), new ControllersInactive());
    assertEquals("No active kube-scheduler since 03:00:00", finding.title());
    assertEquals(List.of(), leases("03:15:00").findings(new ControllersInactive()));
  }

  @Test
  void podThatNobodyTriedToPlaceShowsItWhereLeasesAreHidden() {
    var waiting =
        json(
            "{'metadata':{'name':'a','namespace':'shop','creationTimestamp':'2026-11-21T03:00:00Z'},"
                + "'spec':{},'status':{'phase':'Pending'}}");
    var bundle = new ClusterBundle().objects("pods/shop.json", waiting);
    assertEquals(
        "No active kube-scheduler: 1 object not processed (shop/a)",
        only(bundle, new ControllersInactive()).title());
    var custom = waiting.replace("\"spec\":{}", "\"spec\":{\"schedulerName\":\"mine\"}");
    var other = new ClusterBundle().objects("pods/shop.json", custom);
    assertEquals(List.of(), other.findings(new ControllersInactive()));
  }

  @Test
  void aggregatedApiThatDoesNotAnswerIsCriticalIfNamespacesHang() {
    var api =
        object(
            "v1beta1.metrics.k8s.io",
            "{'group':'metrics.k8s.io','service':{'namespace':'kube-system','name':'metrics'}}",
            "{'conditions':[{'type':'Available','status':'False','reason':'MissingEndpoints'}]}");
    var file = "cluster-resources/custom-resources/apiservices.apiregistration.k8s.io.json";
    var bundle = new ClusterBundle().file(file, "[\n" + api + "\n]");
    var finding = only(bundle, new ApiserviceUnavailable());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(
        "1 aggregated API unavailable (v1beta1.metrics.k8s.io): MissingEndpoints of Service"
            + " kube-system/metrics",
        finding.title());
    var hanging =
        object(
            "old",
            "{}",
            "{'conditions':[{'type':'NamespaceDeletionDiscoveryFailure','status':'True'}]}");
    assertEquals(
        Severity.CRITICAL,
        only(bundle.objects("namespaces.json", hanging), new ApiserviceUnavailable()).severity());
  }

  @Test
  void metricsApiThatIsNotInstalledIsAWarningOnlyIfSomethingWaitsForIt() {
    var bundle =
        new ClusterBundle().file("cluster-resources/groups.json", json("[\n{'name':'apps'}\n]"));
    assertEquals(Severity.INFO, only(bundle, new ApiserviceUnavailable()).severity());
    var scaler = object("api", "{'metrics':[{'type':'Resource'}]}", "{}");
    var finding =
        only(
            bundle.file(
                "cluster-resources/custom-resources/horizontalpodautoscalers.autoscaling/shop.json",
                "[\n" + scaler + "\n]"),
            new ApiserviceUnavailable());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(
        "The metrics API is not installed, and 1 HorizontalPodAutoscaler waits for it",
        finding.title());
  }

  private static ClusterBundle leases(String renewed) {
    return new ClusterBundle()
        .objects(
            "leases/kube-system.json",
            json(
                "{'metadata':{'name':'kube-scheduler','namespace':'kube-system'},'spec':"
                    + "{'renewTime':'2026-11-21T"
                    + renewed
                    + ".000000Z'}}"));
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
