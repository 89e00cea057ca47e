package dev.diagbundle.analyze.rules.support;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.TestObjects;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about the cluster's DNS and about workloads that do not reach others.
final class DnsRulesTest {
  private static final String UNREADY =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'False'}]}";
  private static final String CONFIG = "{\"kubeletconfig\":{\"clusterDNS\":[\"10.96.0.10\"]}}";

  @Test
  void dnsWithoutAReadyPodIsCriticalAndWithOneAWarning() {
    var down = one(analyze(dns(UNREADY, UNREADY)), "dns-unavailable");
    assertEquals(Severity.CRITICAL, down.severity());
    assertEquals("Cluster DNS kube-system/kube-dns: 0/2 ready — 2 pods not ready", down.title());
    assertEquals(Severity.WARNING, one(analyze(dns(READY, UNREADY)), "dns-unavailable").severity());
    assertEquals(List.of(), all(dns(READY, READY), "dns-unavailable"));
  }

  @Test
  void addressOfNoServiceIsCriticalAndThatOfANodesOwnCacheIsNot() {
    var bundle =
        dns(READY, READY)
            .file("nodes/n1/kubelet/configz.json", CONFIG.replace("10.96.0.10", "10.96.0.99"));
    assertTrue(one(analyze(bundle), "dns-unavailable").title().contains("10.96.0.99: no Service"));
    var some = json("{'metadata':{'name':'web','namespace':'shop'},'spec':{}}");
    bundle.objects("services/kube-system.json", some);
    assertEquals(List.of(), all(bundle, "dns-unavailable"), "Services of some namespaces only");
    bundle.file("nodes/n1/kubelet/configz.json", CONFIG.replace("10.96.0.10", "169.254.20.10"));
    assertEquals(List.of(), all(bundle, "dns-unavailable"));
  }

  @Test
  void errorsOfForwardingCountFromTwentyInAQuarterOfAnHour() {
    var line =
        "2026-11-21T03:10:30.5Z stdout F [ERROR] plugin/errors: 2 db. A: read udp"
            + " 10.244.1.21:40231->10.0.0.53:53: i/o timeout\n";
    var log = "cluster-resources/pods/logs/kube-system/dns-1/coredns.log";
    var finding = one(analyze(dns(READY, READY).file(log, line.repeat(20))), "dns-unavailable");
    assertEquals(Severity.WARNING, finding.severity());
    assertTrue(finding.title().endsWith("its upstream resolver does not respond (20 errors)"));
    assertEquals(List.of(), all(dns(READY, READY).file(log, line.repeat(19)), "dns-unavailable"));
  }

  @Test
  void threeWorkloadsThatDoNotReachAServiceFoldBelowIt() {
    var service =
        json(
            "{'metadata':{'name':'db','namespace':'shop'},'spec':{'clusterIP':'10.96.0.77',"
                + "'selector':{'app':'nobody'}}}");
    var line = "2026-11-21T03:14:30Z dial tcp 10.96.0.77:5432: connect: connection refused\n";
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("services/shop.json", service)
            .objects(
                "pods/shop.json",
                pod("a-1", "a", READY),
                pod("b-1", "b", READY),
                pod("c-1", "c", READY));
    for (String name : List.of("a-1", "b-1", "c-1")) {
      bundle.file("cluster-resources/pods/logs/shop/" + name + "/app.log", line);
    }
    var root = analyze(bundle).roots().getFirst();
    assertEquals("service-no-endpoints", root.id());
    var child = root.symptoms().getFirst();
    assertEquals("3 workloads get connection refused at Service shop/db", child.title());
    assertEquals(Severity.WARNING, child.severity());
  }

  @Test
  void fewErrorsOfOnePodAreRetriesOfItsStart() {
    var line = "2026-11-21T03:14:30Z dial tcp 10.96.0.77:5432: connect: connection refused\n";
    var bundle =
        new ClusterBundle()
            .objects("pods/shop.json", pod("a-1", "a", READY))
            .file("cluster-resources/pods/logs/shop/a-1/app.log", line.repeat(9));
    assertEquals(List.of(), all(bundle, "app-network-errors"));
    bundle.file("cluster-resources/pods/logs/shop/a-1/app.log", line.repeat(10));
    var finding = one(analyze(bundle), "app-network-errors");
    assertEquals(Severity.INFO, finding.severity());
    assertTrue(finding.title().endsWith("gets connection refused at 10.96.0.77:5432"));
    var old = line.replace("T03:14", "T01:14").repeat(10);
    bundle.file("cluster-resources/pods/logs/shop/a-1/app.log", old);
    assertTrue(one(analyze(bundle), "app-network-errors").recovered());
    bundle.file("cluster-resources/pods/logs/shop/a-1/app.log", old.replace("11-21", "11-19"));
    assertEquals(List.of(), all(bundle, "app-network-errors"));
  }

  @Test
  void withoutLogsItIsUnknownWhetherAnyoneFailsToReachAnother() {
    var bundle = dns(READY, READY);
    assertEquals("unknown", TestObjects.verdict(bundle, "app-network-errors").label());
    assertEquals("unknown", TestObjects.verdict(bundle, "dns-unavailable").label());
    bundle.file("cluster-resources/pods/logs/kube-system/dns-1/coredns.log", "ready\n");
    assertEquals("clear", TestObjects.verdict(bundle, "app-network-errors").label());
    assertEquals("clear", TestObjects.verdict(bundle, "dns-unavailable").label());
  }

  @Test
  void targetIsTakenFromTheWordsOfTheErrorOnly() {
    assertEquals("db.shop", target("dial tcp: lookup db.shop on 10.96.0.10:53: no such host"));
    assertEquals("redis", target("Error: getaddrinfo ENOTFOUND redis"));
    assertEquals("10.1.2.3:6379", target("Error: connect ECONNREFUSED 10.1.2.3:6379"));
    assertEquals("", target("user says: <b>evil.example</b> connection refused"));
    assertEquals("api.example", target("Get \"https://api.example/x\": x509: unknown authority"));
  }

  private static String target(String text) {
    return NetworkErrors.target(text, NetworkErrors.kind(text).orElseThrow());
  }

  private static ClusterBundle dns(String... statuses) {
    var pods = new String[statuses.length];
    var endpoints = new StringBuilder();
    for (int i = 0; i < statuses.length; i++) {
      pods[i] =
          pod("dns-" + (i + 1), "coredns", statuses[i])
              .replace("\"namespace\":\"shop\"", "\"namespace\":\"kube-system\"")
              .replace("\"labels\":{", "\"labels\":{\"k8s-app\":\"kube-dns\",");
      endpoints
          .append(i == 0 ? "" : ",")
          .append("{'conditions':{'ready':" + statuses[i].equals(READY) + "}}");
    }
    return new ClusterBundle()
        .objects("nodes.json", node("n1", "True"))
        .file("nodes/n1/kubelet/configz.json", CONFIG)
        .objects(
            "services/kube-system.json",
            json(
                "{'metadata':{'name':'kube-dns','namespace':'kube-system'},'spec':{'clusterIP':"
                    + "'10.96.0.10','selector':{'k8s-app':'kube-dns'}}}"),
            json("{'metadata':{'name':'kubernetes','namespace':'default'},'spec':{}}"))
        .objects(
            "endpointslices/kube-system.json",
            json(
                "{'metadata':{'name':'kube-dns-1','namespace':'kube-system','labels':"
                    + "{'kubernetes.io/service-name':'kube-dns'}},'endpoints':["
                    + endpoints
                    + "]}"))
        .objects("pods/kube-system.json", pods);
  }
}
