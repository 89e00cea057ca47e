package dev.diagbundle.cli;

import static dev.diagbundle.cli.CheckFixture.USER;
import static dev.diagbundle.cli.CheckFixture.declared;
import static dev.diagbundle.cli.CheckFixture.json;
import static dev.diagbundle.cli.CheckFixture.refused;
import static dev.diagbundle.cli.CheckFixture.restricted;
import static dev.diagbundle.cli.CheckFixture.roles;
import static dev.diagbundle.cli.CheckFixture.run;
import static dev.diagbundle.cli.CheckFixture.withoutReviews;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.AccessRules;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What items need that no shipped profile has, and what is enough in place of a right.
final class CheckNeedsTest {
  private static final Path EXAMPLE = Path.of("examples/rbac-windows-cni.yaml");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"", "-n shop", "-n shop -n monitoring --node rig-1"})
  void whatItemsAskForIsDeclaredForEveryKindOfItem(String words) throws Exception {
    var more = words.isEmpty() ? List.<String>of() : List.of(words.split(" "));
    var profile =
        profile(
            """
            - events: {}
            - nodeDescribe: {}
            - kubelet: { endpoints: [configz] }
            - nodeFiles: { include: [pods/**] }
            - apiPaths: { paths: ["/readyz?verbose"] }
            - clusterDump:
                resources: [nodes.metrics.k8s.io, pods.metrics.k8s.io, felixconfigurations]
                crds: ["*.projectcalico.org"]
            - podLogs: { rotated: true, previous: true, workloads: [service/api] }
            """);
    var roles = roles(folder, profile, more);
    var asked = ConcurrentHashMap.<AccessRight>newKeySet();
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              asked.add(
                  AccessRight.ofRequest(
                      request.method(), "/" + String.join("/", request.segments())));
              return Optional.empty();
            })
            .withRules(AccessRules.of(USER, roles));
    try (var cluster = DemoClusterFixture.start(options)) {
      var file = folder.resolve("demo.tar.gz");
      run(folder, cluster, "collect", "-q", "-p", profile, "-o", file.toString(), more);
      try (var bundle = BundleReader.open(file)) {
        assertEquals(List.of(), refused(bundle));
      }
      var needs =
          declared(json(run(folder, cluster, "check", "-p", profile, "--format", "json", more)));
      for (AccessRight request : withoutReviews(asked)) {
        assertTrue(needs.stream().anyMatch(need -> need.covers(request)), "undeclared: " + request);
      }
      assertTrue(
          asked.stream().anyMatch(right -> right.text().startsWith("list services in shop")));
    }
  }

  @Test
  void eventsOfTheOtherGroupAreEnough() throws Exception {
    var profile = profile("- events: {}\n");
    var rights =
        List.of(
            new AccessRight.OnPath("get", "/version"),
            AccessRight.list("", "nodes", ""),
            AccessRight.list("events.k8s.io", "events", ""));
    var rules = new AccessRules(USER, rights.stream().map(CheckFixture::rule).toList());
    try (var cluster = restricted(rules)) {
      var check = run(folder, cluster, "check", "-p", profile);
      assertEquals(ExitCode.OK, check.code(), check.out());
      assertTrue(check.out().contains("(by list events.events.k8s.io) events"), check.out());
      var file = folder.resolve("demo.tar.gz");
      run(folder, cluster, "collect", "-q", "-p", profile, "-o", file.toString());
      try (var bundle = BundleReader.open(file)) {
        assertInstanceOf(Outcome.Collected.class, outcome(bundle, "events/events"));
      }
    }
  }

  @Test
  void userWithoutAnyRightIsToldInFewLinesWhatToGrant() throws Exception {
    try (var cluster = restricted(new AccessRules(USER, List.of()))) {
      var check = run(folder, cluster, "check", "-p", "support");
      assertEquals(ExitCode.CHECK_FAILED, check.code());
      assertTrue(check.out().contains("Missing  get nodes/proxy: kubelet, "), check.out());
      assertTrue(
          check.out().contains("--format yaml prints the least-privilege ClusterRole"),
          check.out());
      assertTrue(check.out().lines().count() < 60, check.out());
    }
  }

  @Test
  void exampleForOneProfileIsWhatCheckPrints() throws Exception {
    var printed =
        Run.of(
                "check",
                "-q",
                "--demo",
                "-p",
                "windows-cni",
                "--format",
                "yaml",
                "--service-account",
                "diagbundle/diagbundle")
            .out();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(EXAMPLE, printed);
    }
    assertEquals(Files.readString(EXAMPLE), printed);
  }

  private String profile(String items) throws Exception {
    var file = folder.resolve("own.yaml");
    var head =
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: own
        description: of a test
        collect:
        """;
    Files.writeString(file, head + items.indent(2));
    return file.toString();
  }
}
