package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static dev.diagbundle.analyze.rules.TestObjects.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about ports of Services, entry points and kube-proxy.
final class EntryRulesTest {
  private static final String INGRESS =
      json(
          "{'metadata':{'name':'front','namespace':'shop'},'spec':{'ingressClassName':'nginx',"
              + "'rules':[{'host':'shop.example','http':{'paths':[{'path':'/','backend':{'service':"
              + "{'name':'web','port':{'number':80}}}}]}}]}}");

  @Test
  void namedPortThatNoContainerDeclaresIsAWarningAndANumberInformation() {
    assertEquals(
        Severity.WARNING, one(analyze(ports("'http'")), "service-port-mismatch").severity());
    var number = one(analyze(ports("9999")), "service-port-mismatch");
    assertEquals(Severity.INFO, number.severity());
    assertEquals("Service shop/web: port 80→9999 is not declared by its pods", number.title());
    assertEquals(List.of(), all(ports("'web'"), "service-port-mismatch"));
    assertEquals(List.of(), all(ports("8080"), "service-port-mismatch"));
  }

  @Test
  void endpointsWithoutAPortAreAWarning() {
    var bundle = ports("8080");
    bundle.objects("endpointslices/shop.json", slice().replace("{\"port\":8080}", ""));
    assertEquals(
        "Service shop/web: its EndpointSlices have endpoints but no ports",
        one(analyze(bundle), "service-port-mismatch").title());
  }

  @Test
  void podsThatDeclareNothingMayListenAnywhere() {
    var bundle = ports("9999").objects("pods/shop.json", pod("web-1", "web", READY));
    assertEquals(List.of(), all(bundle, "service-port-mismatch"));
  }

  @Test
  void ingressToAServiceOrPortThatIsNotThereIsCritical() {
    var missing = bundle(INGRESS.replace("\"web\"", "\"wbe\""));
    var finding = one(analyze(missing), "external-entry-broken");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Ingress shop/front: shop.example is misconfigured: Service shop/wbe does not exist",
        finding.title());
    var port = bundle(INGRESS.replace("\"number\":80", "\"number\":81"));
    assertTrue(one(analyze(port), "external-entry-broken").title().endsWith("has no port 81"));
    assertEquals(List.of(), all(bundle(INGRESS), "external-entry-broken"));
  }

  @Test
  void classThatIsNotThereCountsOnlyIfClassesWereCollected() {
    var other = bundle(INGRESS.replace("nginx", "traefik"));
    assertEquals(1, all(other, "external-entry-broken").size());
    var unknown =
        new ClusterBundle()
            .objects("ingress/shop.json", INGRESS.replace("nginx", "traefik"))
            .objects("services/shop.json", service("80"));
    assertEquals(List.of(), all(unknown, "external-entry-broken"));
  }

  @Test
  void loadBalancerWithoutAnAddressIsFoundAfterFiveMinutes() {
    var waiting =
        json(
            "{'metadata':{'name':'lb','namespace':'shop','creationTimestamp':"
                + "'2026-11-21T03:00:00Z'},'spec':{'type':'LoadBalancer'},'status':"
                + "{'loadBalancer':{}}}");
    var bundle = new ClusterBundle().objects("services/shop.json", waiting);
    assertEquals(Severity.WARNING, one(analyze(bundle), "external-entry-broken").severity());
    bundle.objects("services/shop.json", waiting.replace("T03:00", "T03:13"));
    assertEquals(List.of(), all(bundle, "external-entry-broken"));
  }

  @Test
  void nodeWithoutAProxyIsFoundUnlessAnotherReplacesIt() {
    var proxy = pod("kube-proxy-x", "", READY).replace("\"shop\"", "\"kube-system\"");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"), node("n2", "True"))
            .objects("pods/kube-system.json", proxy);
    var finding = one(analyze(bundle), "kube-proxy-degraded");
    assertEquals(List.of("n2"), finding.nodes());
    var cilium = pod("cilium-x", "", READY).replace("\"shop\"", "\"kube-system\"");
    bundle.objects("pods/kube-system.json", proxy, cilium);
    assertEquals(List.of(), all(bundle, "kube-proxy-degraded"));
  }

  @Test
  void proxyThatAPlanHasAndNoNodeIsCriticalAndOneOutsideOfPodsUnknown() {
    var bundle = new ClusterBundle().objects("nodes.json", node("n1", "True"));
    assertEquals("unknown", verdict(bundle, "kube-proxy-degraded").label());
    bundle.objects(
        "daemonsets/kube-system.json",
        json("{'metadata':{'name':'kube-proxy','namespace':'kube-system'}}"));
    assertEquals(Severity.CRITICAL, one(analyze(bundle), "kube-proxy-degraded").severity());
  }

  @Test
  void proxyThatMissesABinaryIsFoundAndItsUsualComplaintIsNot() {
    var proxy = pod("kube-proxy-x", "", READY).replace("\"shop\"", "\"kube-system\"");
    var log = "cluster-resources/pods/logs/kube-system/kube-proxy-x/kube-proxy.log";
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/kube-system.json", proxy)
            .file(
                log, "2026-11-21T03:10:00Z E1121 exec: \"conntrack\": executable file not found\n");
    assertEquals(1, all(bundle, "kube-proxy-degraded").size());
    bundle.file(
        log,
        "2026-11-21T03:10:00Z E1121 Kube-proxy configuration may be incomplete or incorrect:"
            + " nodePortAddresses is unset; NodePort connections will be accepted on all local IPs,"
            + " with iptables\n");
    assertEquals(List.of(), all(bundle, "kube-proxy-degraded"));
  }

  private static ClusterBundle ports(String target) {
    var declares =
        pod("web-1", "web", READY)
            .replace(
                "\"resources\"",
                "\"ports\":[{\"name\":\"web\",\"containerPort\":8080}],\"resources\"");
    return new ClusterBundle()
        .objects("services/shop.json", service(target))
        .objects("endpointslices/shop.json", slice())
        .objects("pods/shop.json", declares);
  }

  private static ClusterBundle bundle(String ingress) {
    return new ClusterBundle()
        .objects("ingress/shop.json", ingress)
        .objects("ingress-classes.json", json("{'metadata':{'name':'nginx'}}"))
        .objects("services/shop.json", service("80"));
  }

  private static String service(String target) {
    return json(
        "{'metadata':{'name':'web','namespace':'shop'},'spec':{'selector':{'app':'web'},'ports':"
            + "[{'port':80,'targetPort':"
            + target
            + "}]}}");
  }

  private static String slice() {
    return json(
        "{'metadata':{'name':'web-1','namespace':'shop','labels':{'kubernetes.io/service-name':"
            + "'web'}},'endpoints':[{'conditions':{'ready':true}}],'ports':[{'port':8080}]}");
  }
}
