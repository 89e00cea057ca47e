package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Policies that keep clients from pods, or pods from DNS.
final class NetworkPolicyRulesTest {
  private static final String ID = "network-policy-isolates";

  @Test
  void policyThatLetsNobodyInIsInformationAboutTheServiceOfItsPods() {
    var finding = one(analyze(bundle("'policyTypes':['Ingress']")), ID);
    assertEquals(Severity.INFO, finding.severity());
    assertEquals(
        "NetworkPolicy shop/only blocks Service shop/web port 80 for 2 pods", finding.title());
    assertEquals(
        "cluster-resources/network-policy/shop.json:2", finding.evidence().getFirst().toString());
  }

  @Test
  void portThatIsAllowedByNumberNameOrRangeIsNotBlocked() {
    for (String port :
        List.of("'port':8080", "'port':'web'", "'port':8000,'endPort':8100", "'protocol':'TCP'")) {
      assertEquals(List.of(), all(bundle("'ingress':[{'ports':[{" + port + "}]}]"), ID), port);
    }
    for (String port : List.of("'port':9090", "'port':'other'", "'port':8080,'protocol':'UDP'")) {
      assertEquals(1, all(bundle("'ingress':[{'ports':[{" + port + "}]}]"), ID).size(), port);
    }
    assertEquals(List.of(), all(bundle("'ingress':[{'from':[{'podSelector':{}}]}]"), ID));
  }

  @Test
  void whatAnotherPolicyOfThePodAllowsIsAllowed() {
    var bundle = bundle("'policyTypes':['Ingress']");
    bundle.objects(
        "network-policy/shop.json", policy("'policyTypes':['Ingress']"), policy("'ingress':[{}]"));
    assertEquals(List.of(), all(bundle, ID));
  }

  @Test
  void egressWithoutDnsIsToldAndIsAWarningIfLogsTellOfTimeouts() {
    var egress = "'policyTypes':['Egress'],'egress':[{'ports':[{'port':443}]}]";
    var bundle = bundle(egress);
    var finding = one(analyze(bundle), ID);
    assertEquals(Severity.INFO, finding.severity());
    assertEquals("NetworkPolicy shop/only blocks DNS for 2 pods", finding.title());
    bundle.file(
        "cluster-resources/pods/logs/shop/web-1/app.log",
        "2026-11-21T03:14:00Z lookup db on 10.96.0.10:53: read udp: i/o timeout\n");
    assertEquals(Severity.WARNING, one(analyze(bundle), ID).severity());
    var dns = egress.replace("{'port':443}", "{'port':53,'protocol':'UDP'}");
    assertEquals(List.of(), all(bundle(dns), ID));
  }

  @Test
  void policyOfOtherPodsSaysNothingOfThese() {
    var bundle = bundle("'policyTypes':['Ingress']");
    bundle.objects(
        "network-policy/shop.json",
        policy("'policyTypes':['Ingress']").replace("\"In\"", "\"NotIn\""));
    assertEquals(List.of(), all(bundle, ID));
  }

  private static ClusterBundle bundle(String spec) {
    return new ClusterBundle()
        .objects("network-policy/shop.json", policy(spec))
        .objects(
            "services/shop.json",
            json(
                "{'metadata':{'name':'web','namespace':'shop'},'spec':{'selector':{'app':'web'},"
                    + "'ports':[{'port':80,'targetPort':'web'}]}}"))
        .objects("pods/shop.json", web("web-1"), web("web-2"));
  }

  private static String web(String name) {
    return pod(name, "web", READY)
        .replace(
            "\"resources\"", "\"ports\":[{\"name\":\"web\",\"containerPort\":8080}],\"resources\"");
  }

  private static String policy(String spec) {
    return json(
        "{'metadata':{'name':'only','namespace':'shop'},'spec':{'podSelector':{'matchExpressions':"
            + "[{'key':'app','operator':'In','values':['web']}]},"
            + spec
            + "}}");
  }
}
