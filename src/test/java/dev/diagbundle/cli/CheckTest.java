package dev.diagbundle.cli;

import static dev.diagbundle.cli.CheckFixture.USER;
import static dev.diagbundle.cli.CheckFixture.declared;
import static dev.diagbundle.cli.CheckFixture.documents;
import static dev.diagbundle.cli.CheckFixture.hasPodLogs;
import static dev.diagbundle.cli.CheckFixture.json;
import static dev.diagbundle.cli.CheckFixture.refused;
import static dev.diagbundle.cli.CheckFixture.restricted;
import static dev.diagbundle.cli.CheckFixture.roles;
import static dev.diagbundle.cli.CheckFixture.run;
import static dev.diagbundle.cli.CheckFixture.without;
import static dev.diagbundle.cli.CheckFixture.withoutReviews;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.AccessRules;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `check` says, against what `collect` then meets: the demonstration cluster under rules.
final class CheckTest {
  private static final List<String> WELL = List.of("--node", "rig-1", "--node", "win-1");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @MethodSource("dev.diagbundle.profile.load.ProfileCatalog#names")
  void printedRoleIsEnoughForTheProfileAndNoMore(String profile) throws Exception {
    var roles = roles(folder, profile);
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
      run(folder, cluster, "collect", "-q", "-p", profile, "-o", file.toString());
      try (var bundle = BundleReader.open(file)) {
        assertEquals(List.of(), refused(bundle));
      }
      var check = json(run(folder, cluster, "check", "-p", profile, "--format", "json"));
      check
          .path("rights")
          .forEach(
              right -> assertEquals("allowed", right.path("state").asText(), right.toString()));
      var needs = declared(check);
      for (AccessRight request : withoutReviews(asked)) {
        assertTrue(needs.stream().anyMatch(need -> need.covers(request)), "undeclared: " + request);
      }
      for (AccessRight need : needs) {
        // The demonstration cluster has no pod of some profiles, so none of their logs is asked
        // for.
        boolean noPods = need.text().equals("get pods/log") && !hasPodLogs(file);
        assertTrue(noPods || asked.stream().anyMatch(need::covers), "superfluous: " + need.text());
      }
    }
  }

  @Test
  void whoHoldsExactlyThePrintedRoleIsAllGreen() throws Exception {
    // The rules name the two nodes, so they allow no others.
    var roles = roles(folder, "windows-cni", WELL);
    try (var cluster = restricted(AccessRules.of(USER, roles))) {
      var run = run(folder, cluster, "check", "-p", "windows-cni", WELL);
      assertEquals(ExitCode.OK, run.code(), run.out());
      assertTrue(run.out().contains("Ready to collect this profile."), run.out());
      assertFalse(run.out().contains("NO "), run.out());
    }
  }

  @Test
  void everyRightThatIsTakenAwayIsNamedWithTheItemsThatSuffer() throws Exception {
    List<AccessRight> rights;
    try (var cluster = DemoClusterFixture.start()) {
      rights =
          declared(
              json(run(folder, cluster, "check", "-p", "windows-cni", "--format", "json", WELL)));
    }
    assertTrue(rights.size() > 15, rights.toString());
    for (AccessRight taken : rights) {
      try (var cluster = restricted(without(taken, rights))) {
        var run = run(folder, cluster, "check", "-p", "windows-cni", "--format", "json", WELL);
        assertEquals(ExitCode.CHECK_FAILED, run.code(), taken.text());
        var denied = new ArrayList<String>();
        for (JsonNode right : json(run).path("rights")) {
          if (right.path("state").asText().equals("denied")) {
            denied.add(right.path("right").asText());
            assertFalse(right.path("items").isEmpty());
          }
        }
        assertEquals(List.of(taken.text()), denied);
      }
    }
  }

  @Test
  void rightThatIsMissingMakesCollectSkipWhatCheckNamed() throws Exception {
    List<AccessRight> rights;
    try (var cluster = DemoClusterFixture.start()) {
      rights =
          declared(json(run(folder, cluster, "check", "-p", "windows-cni", "--format", "json")));
    }
    var proxy = new AccessRight.OnObjects("get", "", "nodes", "proxy", "", "");
    try (var cluster = restricted(without(proxy, rights))) {
      var run = run(folder, cluster, "check", "-p", "windows-cni", WELL);
      assertEquals(ExitCode.CHECK_FAILED, run.code());
      assertTrue(
          run.out()
              .contains(
                  "Missing  get nodes/proxy rig-1, nodes/proxy win-1: kubelet, windows-node-logs,"
                      + " linux-node-logs, windows-cni-files, cni-pods\n"),
          run.out());
      assertTrue(run.out().contains("rig-1: kubelet, linux-node-logs, cni-pods\n"), run.out());
      var file = folder.resolve("demo.tar.gz");
      run(folder, cluster, "collect", "-q", "-p", "windows-cni", "-o", file.toString());
      try (var bundle = BundleReader.open(file)) {
        assertEquals(Reason.FORBIDDEN, reason(outcome(bundle, "kubelet/rig-1/configz")));
        assertEquals(Reason.FORBIDDEN, reason(outcome(bundle, "nodeLogs/rig-1/kubelet")));
      }
    }
  }

  @Test
  void ruleThatNamesTheNodesIsEnough() throws Exception {
    var roles = roles(folder, "windows-cni", WELL);
    try (var cluster = restricted(AccessRules.of(USER, roles))) {
      // A glob, so the question is about all nodes; the answer is no, but these two answer.
      var run = run(folder, cluster, "check", "-p", "windows-cni", "--node", "{rig-1,win-1}");
      assertEquals(ExitCode.OK, run.code(), run.out());
      assertTrue(run.out().contains("for the nodes listed below"), run.out());
    }
  }

  @Test
  void logsOfNamedNamespacesNeedNoRightOverAll() throws Exception {
    var profile = folder.resolve("system.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: system
        description: logs of one namespace
        collect:
          - podLogs: { namespaces: [kube-system, calico-system] }
        """);
    var common =
        List.<AccessRight>of(
            new AccessRight.OnPath("get", "/version"),
            AccessRight.list("", "nodes", ""),
            AccessRight.list("", "pods", ""),
            new AccessRight.OnObjects("get", "", "pods", "log", "kube-system", ""));
    var both = new ArrayList<>(common);
    both.add(new AccessRight.OnObjects("get", "", "pods", "log", "calico-system", ""));
    try (var cluster = restricted(without(AccessRight.list("", "none", ""), both))) {
      var run = run(folder, cluster, "check", "-p", profile.toString());
      assertEquals(ExitCode.OK, run.code(), run.out());
    }
    try (var cluster = restricted(without(AccessRight.list("", "none", ""), common))) {
      var run = run(folder, cluster, "check", "-p", profile.toString());
      assertEquals(ExitCode.CHECK_FAILED, run.code(), run.out());
      assertTrue(run.out().contains("missing: get pods/log in calico-system"), run.out());
    }
  }

  @Test
  void oneNamespaceNeedsARoleInItAndNoMore() throws Exception {
    var namespace = List.of("-n", "shop");
    var roles = roles(folder, "ci-postmortem", namespace);
    assertEquals(
        List.of("ClusterRole", "Role shop"),
        roles.stream()
            .map(role ->
                (role.path("kind").asText()
                        + " "
                        + role.path("metadata").path("namespace").asText(""))
                    .strip())
            .toList());
    try (var cluster = restricted(AccessRules.of(USER, roles))) {
      var file = folder.resolve("demo.tar.gz");
      run(
          folder,
          cluster,
          "collect",
          "-q",
          "-p",
          "ci-postmortem",
          "-o",
          file.toString(),
          namespace);
      try (var bundle = BundleReader.open(file)) {
        assertEquals(List.of(), refused(bundle));
      }
    }
  }

  @Test
  void accountIsPrintedWithItsBindings() throws Exception {
    var account = List.of("--service-account", "ops/diag", "-n", "shop");
    assertEquals(
        List.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"),
        roles(folder, "dns", account).stream().map(role -> role.path("kind").asText()).toList());
  }

  @Test
  void exampleOfRulesIsEnoughForEveryProfileButTheOneThatReadsAll() throws Exception {
    var example = AccessRules.of(USER, documents(Files.readString(Path.of("examples/rbac.yaml"))));
    try (var cluster = restricted(example)) {
      for (String profile :
          List.of("minimal", "support", "windows-cni", "node-not-ready", "control-plane", "dns")) {
        var run = run(folder, cluster, "check", "-p", profile, WELL);
        assertEquals(ExitCode.OK, run.code(), run.out());
      }
      for (String profile : List.of("networking", "storage")) {
        assertEquals(ExitCode.OK, run(folder, cluster, "check", "-p", profile, WELL).code());
      }
    }
  }
}
