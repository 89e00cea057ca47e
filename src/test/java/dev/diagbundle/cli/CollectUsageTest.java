package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.files;
import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a wrong call, profile or kubeconfig is answered with.
final class CollectUsageTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void wrongCallEndsWithOneMessageAndNoFile() throws Exception {
    var profile = folder.resolve("x.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: x
        description: wrong
        collect:
          - nodeLogs: { servces: [kubelet], services: [kubelet] }
        """);
    assertUsage("unknown profile 'windws-cni', did you mean 'windows-cni'?", "-p", "windws-cni");
    assertUsage(
        profile + ":6:17: unknown key 'servces', did you mean 'services'?",
        "-p",
        profile.toString());
    assertUsage("Unknown option: '--demoo'", "--demoo");
    assertUsage("expected a duration such as 2h30m, got 'soon'", "--demo", "--since", "soon");
    assertUsage("expected a number from 0.01 to 1000", "--demo", "--qps", "0");
    assertUsage("expected a number from 0.01 to 1000", "--demo", "--qps", "1e2");
    assertUsage("--only 'x': no such item in profile support", "--demo", "--only", "x");
    assertUsage(
        "--node-selector 'a=b=c': invalid label selector", "--demo", "--node-selector", "a=b=c");
    assertUsage(
        "time window: start 2027-01-01T00:00:00Z is not before its end",
        "--demo",
        "--from",
        "2027-01-01T00:00:00Z");
    assertUsage(
        "--since cannot be combined with",
        "--demo",
        "--since",
        "1h",
        "--to",
        "2026-11-21T03:00:00Z");
    assertUsage(
        "the folder '" + folder.resolve("missing") + "' does not exist",
        "--demo",
        "-o",
        folder.resolve("missing/x.tar.gz").toString());
  }

  @Test
  void wrongKubeconfigEndsWithOneMessageAndNoFile() throws Exception {
    var broken = folder.resolve("broken");
    Files.writeString(broken, "clusters: [");
    var empty = folder.resolve("empty");
    Files.writeString(empty, "apiVersion: v1\nkind: Config\n");
    var good = kubeconfig(folder, "http://127.0.0.1:9", "", "token: abc");
    assertUsage("kubeconfig '/nowhere' does not exist", "--kubeconfig", "/nowhere");
    assertUsage("'" + broken + "' is not a kubeconfig", "--kubeconfig", broken.toString());
    assertUsage("no cluster: kubeconfig is empty: " + empty, "--kubeconfig", empty.toString());
    assertUsage(
        "context 'prod' is not in the kubeconfig",
        "--kubeconfig",
        good.toString(),
        "--context",
        "prod");
  }

  @Test
  void tokenItselfIsNoArgumentAndIsNotShown() throws Exception {
    var good = kubeconfig(folder, "https://127.0.0.1:9", "", "token: abc").toString();
    var run = Run.of("collect", "--kubeconfig", good, "--token", "s3cr3t");
    assertEquals(ExitCode.USAGE, run.code(), run.err());
    assertTrue(run.err().startsWith("diagbundle: --token: no such file\n"), run.err());
    assertFalse(run.err().contains("s3cr3t"), run.err());
  }

  @Test
  void optionsOfOneClusterGoWithOneContextOnly() throws Exception {
    var file = folder.resolve("two");
    Files.writeString(
        file,
        "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:9'}}]\n"
            + "users: [{name: u, user: {token: t}}]\n"
            + "contexts: [{name: a, context: {cluster: c, user: u}},"
            + " {name: b, context: {cluster: c, user: u}}]\n");
    assertUsage(
        "--server cannot be combined with several contexts",
        "--kubeconfig",
        file.toString(),
        "--all-contexts",
        "--server",
        "https://127.0.0.1:9");
  }

  @Test
  void unreachableServerEndsWithOneMessageAndNoFile() throws Exception {
    var kubeconfig = kubeconfig(folder, "http://127.0.0.1:9", "", "token: abc");
    var file = folder.resolve("none.tar.gz");
    var run = Run.of("collect", "--kubeconfig", kubeconfig.toString(), "-o", file.toString());
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(
        run.err().startsWith("diagbundle: API server http://127.0.0.1:9 cannot be reached: "),
        run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertFalse(Files.exists(file));
  }

  @Test
  void brokenKubeconfigIsNotQuoted() throws Exception {
    var unclosed = folder.resolve("unclosed");
    Files.writeString(unclosed, "users:\n- name: a\n  user:\n    token: \"s3cr3t\n");
    var misplaced = folder.resolve("misplaced");
    Files.writeString(
        misplaced, "apiVersion: v1\nkind: Config\nusers: [{name: a, user: s3cr3t}]\n");
    for (Path kubeconfig : List.of(unclosed, misplaced)) {
      var run = Run.of("collect", "--kubeconfig", kubeconfig.toString());
      assertEquals(ExitCode.USAGE, run.code(), run.err());
      assertTrue(
          run.err().contains("'" + kubeconfig + "' is not a kubeconfig: not valid YAML")
              || run.err().contains("user of an element of users is text, expected a map"),
          run.err());
      assertFalse(run.err().contains("s3cr3t"), run.err());
    }
  }

  private void assertUsage(String message, String... args) throws IOException {
    var before = files(folder);
    var words = new ArrayList<>(List.of("collect"));
    words.addAll(List.of(args));
    var run = Run.of(words.toArray(String[]::new));
    assertEquals(ExitCode.USAGE, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
    assertEquals(before, files(folder));
  }
}
