package dev.diagbundle.kubeconfig.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.file.ExecEntry;
import dev.diagbundle.kubeconfig.file.ExecEntry.Variable;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.testing.TestKubeconfig.Host;
import dev.diagbundle.testing.VirtualTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialPluginTest {
  private static final String V1 = "client.authentication.k8s.io/v1";
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final Optional<String> NONE = Optional.empty();
  private static final ClusterInfo CLUSTER =
      new ClusterInfo("https://a", NONE, false, NONE, NONE, false, Optional.empty());

  @TempDir private Path folder = Path.of("");

  private final VirtualTicker ticker = new VirtualTicker();
  private Host host = new Host();
  private Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "OURS", "o");

  @Test
  void argumentsArriveAsWritten() throws Exception {
    var plugin = plugin("printf '[%s]' \"$@\" > " + folder + "/args\n" + answer("t"));
    var args = List.of("--scope=openid&groups", "--x=$HOME", "a;touch ran", "", "it's", "$(id) *");
    assertEquals(Optional.of("Bearer t"), authorization(source(exec(plugin, args, "Never"))));
    assertEquals("[--scope=openid&groups][--x=$HOME][a;touch ran][][it's][$(id) *]", read("args"));
  }

  @Test
  void environmentIsOursWithTheVariablesOfTheKubeconfig() throws Exception {
    var plugin = plugin("env > " + folder + "/env\n" + answer("t"));
    var env = List.of(new Variable("A", "1"), new Variable("A", "2"), new Variable("OURS", "x"));
    var exec = new ExecEntry(V1, plugin, List.of(), env, true, Optional.of("Never"), NONE);
    assertEquals(Optional.of("Bearer t"), authorization(source(exec)));
    var lines = List.of(read("env").split("\n", -1));
    assertTrue(lines.containsAll(List.of("A=2", "OURS=x", "PATH=/usr/bin:/bin")), read("env"));
    assertTrue(
        lines.contains(
            "KUBERNETES_EXEC_INFO=" + ExecInfo.of(V1, false, Optional.of(CLUSTER)).strip()));
  }

  @Test
  void onlyStandardOutputIsTheAnswerAndStandardErrorGoesToTheUser() throws Exception {
    var plugin = plugin("printf 'Code: \\033[1m' >&2\n" + answer("t") + "\necho bye >&2");
    assertEquals(Optional.of("Bearer t"), authorization(source(exec(plugin, List.of(), "Never"))));
    assertEquals("Code: \u001b[1mbye\n", host.printed());
  }

  @Test
  void pluginReadsNothingWhereNothingIsATerminal() throws Exception {
    var plugin = plugin("cat > " + folder + "/in\n" + answer("t"));
    assertEquals(
        Optional.of("Bearer t"), authorization(source(exec(plugin, List.of(), "IfAvailable"))));
    assertEquals("", read("in"));
    host = new Host(true);
    assertEquals(Optional.of("Bearer t"), authorization(source(exec(plugin, List.of(), "Never"))));
    assertEquals("", read("in"));
  }

  @Test
  void pluginThatNeedsATerminalIsRefusedWithoutOne() throws Exception {
    assertEquals(
        "credential plugin '/x' of user 'u' cannot support interactive mode: standard input is not"
            + " a terminal",
        failure(exec("/x", List.of(), "Always")).getMessage());
  }

  @Test
  void failureHasTheWordsAndTheExitCodeOfThePlugin() throws Exception {
    var plugin = plugin("echo 'please wait' >&2\necho 'Error: session expired' >&2\nexit 7");
    var e = failure(exec(plugin, List.of(), "Never"));
    assertEquals(
        "credential plugin '"
            + plugin
            + "' of user 'u' failed with exit code 7: Error: session expired",
        e.getMessage());
    assertEquals("please wait\nError: session expired\n", host.printed());
  }

  @Test
  void failureCountsForAWhile() throws Exception {
    var plugin = plugin("echo x >> " + folder + "/runs\nexit 1");
    var source = source(exec(plugin, List.of(), "Never"));
    assertThrows(DiagbundleException.class, source::current);
    assertThrows(DiagbundleException.class, source::current);
    assertEquals("x\n", read("runs"));
    ticker.sleep(Duration.ofSeconds(11));
    assertThrows(DiagbundleException.class, source::current);
    assertEquals("x\nx\n", read("runs"));
  }

  @Test
  void missingPluginIsNamedWithTheInstallHint() throws Exception {
    var exec =
        new ExecEntry(
            V1,
            "nosuch",
            List.of(),
            List.of(),
            false,
            Optional.of("Never"),
            Optional.of("Install it:\n  brew install \u001b[1mnosuch"));
    var problem = failure(exec).problems().getFirst();
    assertEquals(
        "credential plugin 'nosuch' of user 'u': executable nosuch not found", problem.message());
    assertEquals(Optional.of("Install it: brew install nosuch"), problem.hint());
  }

  @Test
  void workingFolderIsNeverSearched() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    var plugin = Path.of(plugin(answer("t")));
    var name = String.valueOf(plugin.getFileName());
    environment = Map.of("PATH", folder + ":/bin");
    assertEquals(Optional.of("Bearer t"), authorization(source(exec(name, List.of(), "Never"))));
    var relative = Path.of("").toAbsolutePath().relativize(folder);
    environment = Map.of("PATH", relative + ":" + folder);
    assertTrue(message(exec(name, List.of(), "Never")).endsWith("not found"));
  }

  @Test
  void rejectedAndExpiringCredentialsAreRenewed() throws Exception {
    var plugin =
        plugin(
            "echo x >> "
                + folder
                + "/runs\n"
                + answer("t'$(grep -c x " + folder + "/runs)'")
                    .replace(
                        "\"}}", "\",\"expirationTimestamp\":\"'$(cat " + folder + "/expiry)'\"}}"));
    Files.writeString(folder.resolve("expiry"), NOW.plusSeconds(60).toString());
    var source = source(exec(plugin, List.of(), "Never"));
    var first = source.current();
    assertEquals(Optional.of("Bearer t1"), first.authorization());
    assertSame(first, source.current());
    assertTrue(source.renew(first));
    assertTrue(source.renew(first), "another thread has just renewed them");
    assertEquals(Optional.of("Bearer t2"), authorization(source));
    assertFalse(source.renew(source.current()), "too often");
    Files.writeString(folder.resolve("expiry"), NOW.plusSeconds(5).toString());
    ticker.sleep(Duration.ofSeconds(11));
    assertTrue(source.renew(source.current()));
    ticker.sleep(Duration.ofSeconds(11));
    assertEquals(Optional.of("Bearer t4"), authorization(source));
    assertEquals(Optional.of("Bearer t4"), authorization(source));
  }

  @Test
  void equalPluginsRunOnce() throws Exception {
    var plugin = plugin("echo x >> " + folder + "/runs\n" + answer("t"));
    var plugins = plugins();
    var exec = exec(plugin, List.of(), "Never");
    var other = new ClusterInfo("https://b", NONE, false, NONE, NONE, false, Optional.empty());
    assertEquals(Optional.of("Bearer t"), authorization(plugins.of(exec, CLUSTER, "u")));
    assertEquals(Optional.of("Bearer t"), authorization(plugins.of(exec, other, "v")));
    assertEquals("x\n", read("runs"));
  }

  @Test
  void interruptEndsThePluginAndItsChildrenAfterTheWaitingWasAnnounced() throws Exception {
    var plugin = plugin("sleep 300 &\necho $! > " + folder + "/child\nwait");
    var announced = new CountDownLatch(1);
    host =
        new Host() {
          @Override
          public void waiting(String notice) {
            super.waiting(notice);
            announced.countDown();
          }
        };
    var source = source(exec(plugin, List.of(), "Never"));
    var end = new CompletableFuture<Object>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.complete(source.current());
              } catch (DiagbundleException | InterruptedException e) {
                end.complete(e);
              }
            });
    announced.await();
    var child = ProcessHandle.of(Long.parseLong(read("child").strip())).orElseThrow();
    thread.interrupt();
    assertEquals(InterruptedException.class, end.get().getClass());
    child.onExit().get();
    assertEquals(
        List.of("waiting for the credential plugin '" + plugin + "' of user 'u'"), host.notices);
  }

  @Test
  void answerIsBounded() throws Exception {
    var plugin = plugin("head -c 3000000 /dev/zero");
    assertTrue(message(exec(plugin, List.of(), "Never")).contains("printed more than 1 MiB"));
  }

  @Test
  void otherVersionsAreRefused() {
    var exec =
        new ExecEntry(
            "client.authentication.k8s.io/v1alpha1", "x", List.of(), List.of(), false, NONE, NONE);
    var e = assertThrows(DiagbundleException.class, () -> plugins().of(exec, CLUSTER, "u"));
    assertEquals(
        "exec of user 'u' has the unsupported apiVersion 'client.authentication.k8s.io/v1alpha1'",
        e.getMessage());
  }

  private DiagbundleException failure(ExecEntry exec) throws DiagbundleException {
    var source = source(exec);
    return assertThrows(DiagbundleException.class, source::current);
  }

  private String message(ExecEntry exec) throws DiagbundleException {
    return String.valueOf(failure(exec).getMessage());
  }

  private static Optional<String> authorization(CredentialSource source) throws Exception {
    return source.current().authorization();
  }

  private CredentialSource source(ExecEntry exec) throws DiagbundleException {
    return plugins().of(exec, CLUSTER, "u");
  }

  private CredentialPlugins plugins() {
    return new CredentialPlugins(environment, host, Clock.fixed(NOW, ZoneOffset.UTC), ticker);
  }

  private static ExecEntry exec(String command, List<String> args, String mode) {
    return new ExecEntry(V1, command, args, List.of(), false, Optional.of(mode), NONE);
  }

  private static String answer(String token) {
    return "echo '{\"apiVersion\":\"" + V1 + "\",\"status\":{\"token\":\"" + token + "\"}}'";
  }

  private String plugin(String script) throws IOException {
    var file = folder.resolve("plugin");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file.toString();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }
}
