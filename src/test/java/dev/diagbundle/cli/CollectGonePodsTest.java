package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.http.Interceptor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole runs on clusters that keep pods of which the nodes have no container any more.
final class CollectGonePodsTest extends PodLogsFixture {
  private static final String GROUP = "podLogs/n1/(pods without containers)";
  private static final Interceptor NOT_FOUND =
      request ->
          request.path().contains("/gone-") && request.path().endsWith("/log")
              ? Optional.of(exchange ->
                  exchange.send(
                      404,
                      "application/json",
                      "{\"kind\":\"Status\",\"code\":404,\"reason\":\"NotFound\","
                          + "\"message\":\"pod not found\"}"))
              : Optional.empty();

  private void gone(String name, String node, String status) {
    pods.add(
        """
        {"metadata":{"namespace":"a","name":"%s","uid":"%s",\
        "creationTimestamp":"2026-11-21T03:%02d:00Z"},\
        "spec":{"nodeName":"%s","containers":[{"name":"c"},{"name":"d"}]},"status":{%s}}
        """
            .formatted(name, name, pods.size() % 60, node, status));
  }

  private long requestsForGone() {
    return asked.stream().filter(path -> path.contains("/gone-")).count();
  }

  private BundleReader collected() throws Exception {
    return collect("  - podLogs: {}", NOT_FOUND);
  }

  @Test
  void logsOfThousandsOfEvictedPodsAreRequestedOnceANodeAndAfterAllOthers() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      gone("gone-" + i, i % 2 == 0 ? "n1" : "n2", "\"phase\":\"Failed\",\"reason\":\"Evicted\"");
    }
    try (var bundle = collect("  - podLogs: {}", NOT_FOUND, "--concurrency", "1")) {
      assertEquals(2, requestsForGone());
      var ofNode =
          asked.stream()
              .filter(
                  path -> path.matches(".*/(gone-[0-9]*[02468]|sick|lone|tick-.*|web-.*)/log.*"))
              .toList();
      assertEquals(5, ofNode.size(), asked.toString());
      assertTrue(ofNode.getLast().contains("/gone-"), ofNode.toString());
      assertEquals(
          new Outcome.Skipped(
              Reason.NOT_FOUND,
              "evicted: a/gone-1012: pod not found; logs of 1,499 other such pods of this node were"
                  + " not requested"),
          outcome(bundle, GROUP));
      assertEquals(1, items(bundle).stream().filter(item -> item.startsWith(GROUP)).count());
      assertEquals(
          "2026-11-21T03:50:00Z now\n",
          text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"phase\":\"Failed\",\"reason\":\"Evicted\",\"containerStatuses\":[]' | evicted",
        "'\"phase\":\"Failed\",\"reason\":\"OutOfcpu\"' | finished, no container left",
        "'\"phase\":\"Succeeded\"' | finished, no container left",
        "'\"phase\":\"Failed\",\"containerStatuses\":[{\"name\":\"c\",\"state\":{\"waiting\":{}}}]'"
            + " | finished, no container left",
        "'\"phase\":\"Failed\",\"containerStatuses\":[{\"name\":\"c\",\"state\":{\"terminated\":"
            + "{\"exitCode\":137,\"reason\":\"ContainerStatusUnknown\"}}}]'"
            + " | finished, no container left",
        "'\"phase\":\"Failed\",\"reason\":\"Evicted\",\"containerStatuses\":[{\"name\":\"c\","
            + "\"state\":{\"terminated\":{\"exitCode\":137}}}]' | evicted"
      })
  void podsThatEndedWithoutAContainerCostOneRequest(String status, String why) throws Exception {
    for (int i = 0; i < 5; i++) {
      gone("gone-" + i, "n1", status);
    }
    try (var bundle = collected()) {
      assertEquals(1, requestsForGone());
      var outcome = outcome(bundle, GROUP);
      assertTrue(outcome.words().startsWith(why + ": a/gone-"), outcome.words());
    }
  }

  @Test
  void finishedPodWithAContainerIsRequestedAsUsual() throws Exception {
    gone(
        "gone-1",
        "n1",
        "\"phase\":\"Failed\",\"containerStatuses\":[{\"name\":\"c\",\"state\":{\"terminated\":"
            + "{\"exitCode\":1}}}]");
    try (var bundle = collected()) {
      assertTrue(items(bundle).contains("podLogs/n1/a/gone-1/c"), items(bundle).toString());
    }
  }

  @Test
  void logsThatTheNodeStillHasAreCollected() throws Exception {
    for (int i = 0; i < 3; i++) {
      gone("kept-" + i, "n1", "\"phase\":\"Failed\",\"reason\":\"Evicted\"");
    }
    Interceptor kept =
        request ->
            request.path().contains("/kept-")
                ? Optional.of(exchange ->
                    exchange.send(200, "text/plain", "2026-11-21T03:50:00.000000001Z last words\n"))
                : Optional.empty();
    try (var bundle = collect("  - podLogs: { containers: ^c$ }", kept)) {
      assertEquals(new Outcome.Collected(), outcome(bundle, GROUP));
      for (String pod : List.of("kept-0", "kept-1", "kept-2")) {
        assertEquals(
            "2026-11-21T03:50:00.000000001Z last words\n",
            text(bundle, "cluster-resources/pods/logs/a/" + pod + "/c.log"));
      }
    }
  }
}
