package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.config;
import static dev.diagbundle.cli.access.AccessCase.usual;

import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Access from inside a pod, where the service account's files are at a fixed place. It is made for
/// the test, which is skipped where that is not possible, or where this runs in a pod already.
@Tag("kubectl")
final class PodAccessTest {
  private static final Path SECRETS = Path.of("/var/run/secrets");
  private static final Path ACCOUNT = SECRETS.resolve("kubernetes.io/serviceaccount");

  @TempDir private static Path folder = Path.of("");
  private static Optional<Path> made = Optional.empty();
  private static @Nullable AccessLab shared;

  @BeforeAll
  static void open() throws Exception {
    var kubectl = RequiredTool.require("kubectl");
    Assumptions.assumeFalse(Files.exists(ACCOUNT), "this is a pod");
    boolean existed = Files.exists(SECRETS);
    try {
      Files.createDirectories(ACCOUNT);
    } catch (IOException e) {
      Assumptions.abort("cannot make " + ACCOUNT + ": " + e.getMessage());
    }
    made = Optional.of(existed ? SECRETS.resolve("kubernetes.io") : SECRETS);
    var lab = new AccessLab(folder.toRealPath(), kubectl);
    shared = lab;
    Files.writeString(ACCOUNT.resolve("token"), "good-of-pod\n");
    Files.writeString(ACCOUNT.resolve("namespace"), "team");
    Files.copy(folder.resolve("ca.crt"), ACCOUNT.resolve("ca.crt"));
  }

  @AfterAll
  static void close() throws Exception {
    if (made.isPresent()) {
      try (var all = Files.walk(made.get())) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
    if (shared != null) {
      shared.close();
    }
  }

  static Stream<AccessCase> cases() {
    var none = usual("service account").environment("HOME={DIR}/nobody");
    var other = config("c", CLUSTER, "token: good");
    return Stream.of(
            none,
            usual("service account and KUBECONFIG of nothing").environment("KUBECONFIG={DIR}/nope"),
            usual("kubeconfig before the service account"),
            usual("KUBECONFIG before the service account").environment("KUBECONFIG={DIR}/config"),
            usual("kubeconfig without a current context")
                .file("config", other.replace("current-context: c", "current-context: ''"))
                .environment("KUBECONFIG={DIR}/config"),
            usual("empty kubeconfig").file("config", "").environment("KUBECONFIG={DIR}/config"),
            none.arguments("--context=c"),
            none.arguments("--as=eve")
                .differs("kubectl asks http://localhost:8080, which is no pod's API server"),
            none.arguments("--server=https://localhost:{SERVER}"),
            none.spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
            none.arguments("--insecure-skip-tls-verify"),
            none.environment("HTTPS_PROXY=http://127.0.0.1:{PROXY}"))
        .map(one ->
            one.environment(
                "KUBERNETES_SERVICE_HOST=127.0.0.1", "KUBERNETES_SERVICE_PORT={SERVER}"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void programGetsInAsKubectlDoes(AccessCase test) throws Exception {
    Objects.requireNonNull(shared).compare(test);
  }
}
