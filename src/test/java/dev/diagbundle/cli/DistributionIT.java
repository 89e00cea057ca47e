package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.RequiredTool;
import dev.diagbundle.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The distribution as it is shipped: its own Java, its own jars, its launcher, and nothing of the
/// machine but a shell.
final class DistributionIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("diagbundle.distribution", "target"), "bin", "diagbundle");

  @TempDir private Path folder = Path.of("");

  @Test
  void clusterOfAKubeconfigIsCollected() throws Exception {
    var authority = TestAuthority.in(folder);
    var options = ReplayOptions.defaults().withTls(authority.serverContext(), true);
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var user =
          "client-certificate-data: "
              + authority.clientCertificateData()
              + "\n    client-key-data: "
              + authority.clientKeyData();
      kubeconfig(folder, server.url().toString(), authority.authorityData(), user);
      // Two files, as KUBECONFIG may name them; the first one does not exist.
      var run =
          run(
              Map.of("KUBECONFIG", "missing:" + folder.resolve("kubeconfig")),
              "collect",
              "-p",
              "windows-cni",
              "-o",
              "x.tar.gz");
      assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
      try (var bundle = BundleReader.open(folder.resolve("x.tar.gz"))) {
        assertEquals("test-cluster", bundle.manifest().run().cluster().name());
      }
    }
  }

  @Test
  void demonstrationIsCollected() throws Exception {
    var run = run(Map.of(), "collect", "-p", "ci-postmortem", "--demo", "-o", "x.tar.gz");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertEquals("", RequiredTool.require("tar").run(folder, "xzf", "x.tar.gz").err());
  }

  @Test
  void profileOfAFileIsValidated() throws Exception {
    Files.writeString(folder.resolve("x.yaml"), "kind: Profil\n");
    var run = run(Map.of(), "validate", "x.yaml");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("x.yaml:1:7: "), run.err());
  }

  @Test
  void absentClusterEndsWithOneMessage() throws Exception {
    var run = run(Map.of("HOME", folder.toString()), "collect");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().startsWith("diagbundle: no cluster: "), run.err());
  }

  private Run run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(args));
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Run(code, Files.readString(out), Files.readString(err));
  }
}
