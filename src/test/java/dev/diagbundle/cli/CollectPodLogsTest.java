package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole runs that collect logs of containers: which, in what order, and how much of each.
final class CollectPodLogsTest extends PodLogsFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | agent-q db-0 lone sick tick-29-z web-6b7-x1",
        "{ pods: ^web } | web-6b7-x1",
        "{ excludePods: '-' } | lone sick",
        "{ namespaces: [a, kube-*] } | db-0 lone web-6b7-x1",
        "{ excludeNamespaces: [kube-*, b] } | db-0 web-6b7-x1",
        "{ selector: app=web } | web-6b7-x1",
        "{ fieldSelector: 'status.phase!=Running' } | sick tick-29-z",
        "{ fieldSelector: spec.nodeName=n2 } | agent-q db-0",
        "{ nodes: { selector: pool=b } } | agent-q db-0",
        "{ nodes: { names: [n1] }, namespaces: [b] } | sick tick-29-z",
        "{ workloads: [deployment/web] } | web-6b7-x1",
        "{ workloads: [replicaset/web-6b7, sts/db] } | db-0 web-6b7-x1",
        "{ workloads: [ds/agent, job/tick-29, pod/lone] } | agent-q lone tick-29-z",
        "{ workloads: [cronjob/tick] } | tick-29-z",
        "{ workloads: [svc/shop] } | web-6b7-x1",
        "{ workloads: [svc/headless] } | ''",
        "{ workloads: [deployment/db] } | ''",
        "{ states: [waiting] } | ''",
        "{ states: [running], namespaces: [kube-system] } | lone",
      })
  void podsAreChosenAsTheItemSays(String item, String expected) throws Exception {
    try (var bundle = collect("  - podLogs: " + item, request -> Optional.empty())) {
      assertEquals(
          expected, String.join(" ", logs(bundle).stream().map(CollectPodLogsTest::pod).toList()));
    }
  }

  @Test
  void nodeOfTheCommandLineChoosesPods() throws Exception {
    try (var bundle = collect("  - podLogs: {}", request -> Optional.empty(), "--node", "n2")) {
      assertEquals(List.of("podLogs/n2/b/agent-q/c", "podLogs/n2/a/db-0/c"), logs(bundle));
    }
  }

  @Test
  void containersAreChosenByNamePartAndState() throws Exception {
    pods.clear();
    var broken =
        "\"restartCount\":2,\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":{\"terminated\":{\"exitCode\":1}}";
    pods.add(
        """
        {"metadata":{"namespace":"a","name":"p","uid":"u"},"spec":{"nodeName":"n1",\
        "initContainers":[{"name":"first"}],"containers":[{"name":"main"},{"name":"proxy"}],\
        "ephemeralContainers":[{"name":"debug"}]},"status":{%s,\
        "initContainerStatuses":[{"name":"first","state":{"terminated":{"exitCode":0}}}],\
        "containerStatuses":[{"name":"main",%s},{"name":"proxy",%s}],\
        "ephemeralContainerStatuses":[{"name":"debug",%s}]}}
        """
            .formatted(READY, broken, RUNNING, RUNNING));
    assertEquals("debug first main proxy", containers("{}"));
    assertEquals("main", containers("{ states: [waiting] }"));
    assertEquals("first", containers("{ states: [terminated] }"));
    assertEquals("main proxy", containers("{ init: false, ephemeral: false }"));
    assertEquals("debug first main", containers("{ excludeContainers: ^proxy$ }"));
    assertEquals("main main-previous", containers("{ containers: main, previous: true }"));
    var last = asked.getLast().contains("previous") ? asked.getLast() : asked.get(asked.size() - 2);
    assertTrue(last.contains("container=main&previous=true"), asked.toString());
  }

  @Test
  void brokenPodsComeFirstThenThoseOfTheSystemThenTheNewest() throws Exception {
    try (var bundle =
        collect("  - podLogs: { nodes: { names: [n1] } }", request -> Optional.empty())) {
      assertEquals(
          List.of("sick", "lone", "tick-29-z", "web-6b7-x1"),
          bundle.manifest().items().stream()
              .map(Item::id)
              .filter(id -> id.startsWith("podLogs/n"))
              .map(CollectPodLogsTest::pod)
              .toList());
    }
  }

  @Test
  void answerWithoutAnyTimeIsKeptButNotCalledALog() throws Exception {
    try (var bundle =
        collect(
            "  - podLogs: { pods: lone }",
            request ->
                request.path().endsWith("/log")
                    ? Optional.of(exchange -> exchange.send(200, "text/html", "<p>Please log in\n"))
                    : Optional.empty())) {
      var outcome = outcome(bundle, "podLogs/n1/kube-system/lone/c");
      assertEquals(Reason.INVALID_ANSWER, reason(outcome));
      assertTrue(outcome.words().startsWith("no line has a time"), outcome.words());
      assertEquals(
          "<p>Please log in\n", text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log"));
    }
  }
}
