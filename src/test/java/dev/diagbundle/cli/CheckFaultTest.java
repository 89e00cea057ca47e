package dev.diagbundle.cli;

import static dev.diagbundle.cli.CheckFixture.json;
import static dev.diagbundle.cli.CheckFixture.run;
import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `check` says of a cluster that is away or does not answer all questions.
@Tag("fault")
final class CheckFaultTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void clusterThatIsAwayIsNoFindingButAFailure() throws Exception {
    var kubeconfig = kubeconfig(folder, "http://127.0.0.1:1", "", "token: abc");
    var run = Run.of("check", "--kubeconfig", kubeconfig.toString());
    assertEquals(ExitCode.FAILED, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("cannot be reached"), run.err());
  }

  @Test
  void wrongNameOfAnAccountIsAWrongCall() {
    var run = Run.of("check", "--demo", "--service-account", "diag");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("use namespace/name"), run.err());
  }

  @Test
  void serverThatDoesNotAnswerTheQuestionLeavesItOpen() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.method().equals("POST")
                    ? Optional.of(exchange -> exchange.sendError(404, "404 page not found"))
                    : Optional.empty());
    try (var cluster = DemoClusterFixture.start(options)) {
      var run = run(folder, cluster, "check", "-p", "minimal");
      assertEquals(ExitCode.CHECK_FAILED, run.code());
      assertTrue(run.out().contains("Unknown  list nodes: "), run.out());
      assertFalse(run.out().contains("Missing"), run.out());
    }
  }

  @Test
  void nodeWhoseLogQueryIsOffIsNamedWithWhatSuffers() throws Exception {
    try (var cluster = DemoClusterFixture.start()) {
      var run = run(folder, cluster, "check", "-p", "windows-cni", "--format", "json");
      assertEquals(ExitCode.CHECK_FAILED, run.code());
      var nodes = json(run).path("nodes");
      assertEquals(4, nodes.size());
      for (JsonNode node : nodes) {
        switch (node.path("name").asText()) {
          case "rig-1" -> assertEquals("on-openshift", node.path("logQuery").asText());
          case "rig-2" -> {
            assertEquals("off", node.path("logQuery").asText());
            assertEquals("[\"linux-node-logs\"]", node.path("affectedItems").toString());
          }
          case "rig-3" -> {
            assertEquals("unknown", node.path("logQuery").asText());
            assertTrue(node.path("problem").asText().startsWith("unreachable: "));
          }
          default -> {
            assertEquals("windows", node.path("operatingSystem").asText());
            long ahead = node.path("clockAheadOfServerMillis").asLong();
            assertTrue(Math.abs(ahead + 38_000) < 2_000, "ahead " + ahead);
          }
        }
      }
    }
  }

  @Test
  void nodesThatAreNotAskedAreNotSaidToAnswer() {
    var run = Run.of("check", "--demo", "-p", "minimal");
    assertTrue(
        run.out().contains("not checked, the profile collects nothing from nodes"), run.out());
    assertFalse(run.out().contains("available"), run.out());
  }

  @Test
  void clusterThatNamesATypeByAStarGetsNoStarIntoTheRole() throws Exception {
    var profile = folder.resolve("all.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: all
        description: every kind of object
        collect:
          - clusterDump: { resources: ["*"] }
        """);
    var answers =
        Map.of(
            "/apis",
            """
            {"groups":[{"name":"*","versions":[{"version":"v1"}],
              "preferredVersion":{"version":"v1"}}]}
            """,
            "/apis/*/v1",
            "{\"resources\":[{\"name\":\"*\",\"kind\":\"A\",\"verbs\":[\"list\"]}]}");
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                Optional.ofNullable(answers.get(request.path()))
                    .map(text -> exchange -> exchange.send(200, "application/json", text)));
    try (var cluster = DemoClusterFixture.start(options)) {
      var run = run(folder, cluster, "check", "-q", "-p", profile.toString(), "--format", "yaml");
      assertEquals(ExitCode.CHECK_FAILED, run.code());
      assertTrue(
          run.out().contains("# Incomplete: 1 types of the cluster have invalid names"), run.out());
      var stars = run.out().lines().filter(line -> line.contains("*")).map(String::strip).toList();
      assertEquals(List.of("- /api/*", "- /apis/*"), stars);
    }
  }
}
