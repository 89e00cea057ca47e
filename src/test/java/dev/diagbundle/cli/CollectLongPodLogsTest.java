package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.http.Interceptor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Pod logs that are too long, that two items ask for, or that end in words of the kubelet.
final class CollectLongPodLogsTest extends PodLogsFixture {
  @Test
  void logThatTwoItemsAskForIsAsWideAsBothWantIt() throws Exception {
    try (var bundle =
        collect(
            """
              - podLogs: { name: short, window: 5m, tailLines: 10, pods: lone }
              - podLogs: { name: long, window: 3h, tailLines: 20, namespaces: [kube-system] }
              - podLogs: { name: other, window: 10m, pods: db }
            """,
            request -> Optional.empty())) {
      assertEquals(List.of("podLogs/n2/a/db-0/c", "podLogs/n1/kube-system/lone/c"), logs(bundle));
      assertTrue(
          asked.stream()
              .anyMatch(log ->
                  log.contains("/lone/")
                      && log.contains("tailLines=20")
                      && log.contains("sinceTime=2026-11-21T01%3A00%3A00Z")),
          asked.toString());
      assertTrue(
          asked.stream()
              .anyMatch(log ->
                  log.contains("/db-0/")
                      && !log.contains("tailLines")
                      && log.contains("sinceTime=2026-11-21T03%3A50%3A00Z")),
          asked.toString());
    }
  }

  @Test
  void ofALogThatIsTooLongTheNewestPartIsKept() throws Exception {
    var lines =
        IntStream.range(0, 20_000)
            .mapToObj(i ->
                "2026-11-21T03:%02d:%02d.%03dZ stdout F %sline %d\n"
                    .formatted(i / 600, i / 10 % 60, i % 10, i == 70 ? "fatal error: " : "", i))
            .toList();
    write("pods/kube-system/lone/c.log", String.join("", lines));
    try (var bundle =
        collect(
            "  - podLogs: { pods: lone, limits: { item: 100KiB } }", request -> Optional.empty())) {
      var outcome = outcome(bundle, "podLogs/n1/kube-system/lone/c");
      var text = text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log");
      long kept = text.lines().filter(line -> !line.startsWith("[diagbundle: ")).count();
      assertEquals(Reason.LIMIT, outcome.why().orElseThrow());
      assertTrue(
          outcome
              .words()
              .startsWith(
                  "truncated at the item's limit of %s: %,d of 20,000 lines omitted ("
                      .formatted(ByteSize.format(100 << 10), 20_000 - kept)),
          outcome.words());
      assertTrue(outcome.words().contains("2026-11-21T03:00:00.000Z to "), outcome.words());
      assertTrue(text.contains(" fatal error: line 70\n"), text.substring(0, 200));
      assertTrue(text.endsWith(" line 19999\n"), text.substring(text.length() - 50));
      assertTrue(text.length() > 90 << 10 && text.length() <= 100 << 10, "length " + text.length());
      assertEquals(1, asked.stream().filter(log -> log.contains("/lone/")).count());
    }
  }

  @Test
  void ofALogThatIsTooLongTheNewestPartOfAWindowLongAgoIsKept() throws Exception {
    var lines =
        IntStream.range(0, 20_000)
            .mapToObj(i ->
                "2026-11-21T03:%02d:%02d.%03dZ stdout F line %d\n"
                    .formatted(i / 600, i / 10 % 60, i % 10, i))
            .toList();
    write("pods/kube-system/lone/c.log", String.join("", lines));
    try (var bundle =
        collect(
            "  - podLogs: { pods: lone, limits: { item: 50KiB } }",
            request -> Optional.empty(),
            "--from",
            "2026-11-21T03:00:00Z",
            "--to",
            "2026-11-21T03:10:00Z")) {
      var text = text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log");
      assertTrue(text.endsWith(" line 5999\n"), text.substring(text.length() - 50));
      assertTrue(text.length() > 45 << 10 && text.length() <= 50 << 10, "length " + text.length());
    }
  }

  @Test
  void errorOfTheKubeletAtTheEndOfALogIsSaidAndIsNoLine() throws Exception {
    var error = "failed to read log file \"/var/log/pods/a/0.log\": input/output error";
    Interceptor faulty =
        request ->
            request.path().endsWith("/pods/lone/log")
                ? Optional.of(exchange ->
                    exchange.send(200, "text/plain", "2026-11-21T03:50:00Z one\n" + error))
                : Optional.empty();
    try (var bundle = collect("  - podLogs: { pods: lone }", faulty)) {
      assertEquals(
          new Outcome.Partial(Reason.TRUNCATED, "cut off by the kubelet: " + error),
          outcome(bundle, "podLogs/n1/kube-system/lone/c"));
      assertEquals(
          "2026-11-21T03:50:00Z one\n",
          text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log"));
    }
  }

  @Test
  void servicesThatAreForbiddenAreAnItemThatFailed() throws Exception {
    Interceptor forbidding =
        request ->
            request.path().contains("/services")
                ? Optional.of(exchange ->
                    exchange.send(
                        403,
                        "application/json",
                        "{\"kind\":\"Status\",\"message\":\"closed\",\"code\":403}"))
                : Optional.empty();
    try (var bundle = collect("  - podLogs: { workloads: [svc/shop, sts/db] }", forbidding)) {
      assertEquals(
          new Outcome.Failed(Reason.FORBIDDEN, "unknown pods of service/shop: closed"),
          outcome(bundle, "podLogs/(services of podLogs)"));
      assertEquals(List.of("podLogs/n2/a/db-0/c"), logs(bundle));
    }
  }
}
