package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.ClusterBundle.status;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// CoreDNS loops and crashes; 40 workloads cannot resolve names, twelve of them crash for it. An
/// image that a node cannot pull for its own resolver's sake is another matter.
final class ScenarioS6Test {
  @TempDir private Path folder = Path.of("");

  private static final String LOGS = "cluster-resources/pods/logs/";
  private static final String NO_HOST =
      "dial tcp: lookup db.shop.svc on 10.96.0.10:53: no such host";

  @ParameterizedTest
  @EnumSource
  void dnsIsTheRootOfItsOwnCrashAndOfTheOthers(Way way) throws Exception {
    var bundle = new ClusterBundle().objects("nodes.json", node("n1", "True"));
    var system = new ArrayList<String>();
    for (int i = 1; i < 3; i++) {
      system.add(
          pod("coredns-" + i, "coredns", crash(1, "plugin/loop"))
              .replace("\"namespace\":\"shop\"", "\"namespace\":\"kube-system\"")
              .replace("\"labels\":{", "\"labels\":{\"k8s-app\":\"kube-dns\","));
      bundle.file(
          LOGS + "kube-system/coredns-" + i + "/app.log",
          "2026-11-21T03:14:00Z [FATAL] plugin/loop: Loop (127.0.0.1:5 -> :53) detected\n");
    }
    var pods = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      var name = "app-" + i;
      pods.add(pod(name, "w" + i, i < 12 ? crash(2, NO_HOST) : READY));
      bundle.file(LOGS + "shop/" + name + "/app.log", "2026-11-21T03:14:30Z " + NO_HOST + "\n");
    }
    pods.add(
        pod(
            "badimage",
            "badimage",
            status(
                "False",
                "'state':{'waiting':{'reason':'ErrImagePull','message':'lookup registry.local:"
                    + " no such host'}}")));
    var analysis =
        way.analyze(
            bundle
                .objects("pods/kube-system.json", system.toArray(String[]::new))
                .objects("pods/shop.json", pods.toArray(String[]::new))
                .objects("services/kube-system.json", service())
                .objects("endpointslices/kube-system.json", slice()),
            folder);

    assertEquals(List.of("dns-unavailable", "pod-image-pull-failure"), way.roots(analysis));
    var dns = analysis.roots().getFirst();
    assertEquals(Severity.CRITICAL, dns.severity());
    assertTrue(dns.title().contains("0/2 ready — CoreDNS detected a forwarding loop"), dns.title());
    var crashes = children(dns, "pod-crash-loop");
    assertEquals(List.of(2, 12), crashes.stream().map(Finding::count).sorted().toList());
    var errors = children(dns, "app-network-errors");
    assertEquals(1, errors.size());
    assertEquals(40, errors.getFirst().owners().size());
    assertEquals(List.of(), analysis.roots().get(1).symptoms());
  }

  private static List<Finding> children(Finding root, String id) {
    return root.symptoms().stream().filter(each -> each.id().equals(id)).toList();
  }

  private static String crash(int code, String words) {
    return status(
        "False",
        "'restartCount':6,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':"
            + "{'terminated':{'exitCode':"
            + code
            + ",'reason':'Error','message':'"
            + words
            + "','finishedAt':'2026-11-21T03:13:00Z'}}");
  }

  private static String service() {
    return json(
        "{'metadata':{'name':'kube-dns','namespace':'kube-system'},'spec':{'clusterIP':"
            + "'10.96.0.10','selector':{'k8s-app':'kube-dns'}}}");
  }

  private static String slice() {
    var unready = "{'conditions':{'ready':false}}";
    return json(
        "{'metadata':{'name':'kube-dns-1','namespace':'kube-system','labels':"
            + "{'kubernetes.io/service-name':'kube-dns'}},'endpoints':["
            + unready
            + ","
            + unready
            + "]}");
  }
}
