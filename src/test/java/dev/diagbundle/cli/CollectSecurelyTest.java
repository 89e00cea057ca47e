package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs against an API server that wants to know who asks.
@Tag("process")
final class CollectSecurelyTest {
  @TempDir private Path folder = Path.of("");
  @TempDir private static Path keys = Path.of("");
  @TempDir private static Path otherKeys = Path.of("");

  /// Making keys takes seconds, so all tests share them.
  private static @Nullable TestAuthority shared;

  private static TestAuthority authority() throws Exception {
    if (shared == null) {
      shared = TestAuthority.in(keys);
    }
    return shared;
  }

  @Test
  void clusterBehindHttpsWithClientCertificatesIsCollected() throws Exception {
    var authority = authority();
    var options = ReplayOptions.defaults().withTls(authority.serverContext(), true);
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var user =
          "client-certificate-data: "
              + authority.clientCertificateData()
              + "\n    client-key-data: "
              + authority.clientKeyData();
      var kubeconfig = kubeconfig(folder, server.url().toString(), authority.authorityData(), user);
      var file = folder.resolve("tls.tar.gz");
      var run = collect("windows-cni", kubeconfig, file);
      assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
      try (var bundle = BundleReader.open(file)) {
        var cluster = bundle.manifest().run().cluster();
        assertEquals("test-cluster", cluster.name());
        assertEquals("v1.36.2", cluster.version());
        assertEquals(new Outcome.Collected(), outcome(bundle, "nodeLogs/rig-1/kubelet"));
      }
    }
  }

  @Test
  void serverOfAnUnknownAuthorityIsNotTrusted() throws Exception {
    var authority = authority();
    var other = TestAuthority.in(otherKeys);
    var options = ReplayOptions.defaults().withTls(authority.serverContext(), false);
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var kubeconfig =
          kubeconfig(folder, server.url().toString(), other.authorityData(), "token: abc");
      var file = folder.resolve("tls.tar.gz");
      var run = collect("minimal", kubeconfig, file);
      assertEquals(ExitCode.FAILED, run.code(), run.err());
      assertTrue(run.err().contains("cannot be reached"), run.err());
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void credentialPluginIsAskedForItsToken() throws Exception {
    var plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        touch "$0.ran"
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
        "status":{"token":"t"}}'
        """);
    assertTrue(plugin.toFile().setExecutable(true));
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, ReplayOptions.defaults())) {
      var user =
          "exec: { apiVersion: client.authentication.k8s.io/v1, command: "
              + plugin
              + ", interactiveMode: Never }";
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", user);
      var file = folder.resolve("exec.tar.gz");
      var run = collect("minimal", kubeconfig, file);
      assertTrue(Files.exists(file), run.err());
      assertTrue(Files.exists(folder.resolve("plugin.ran")), run.err());
    }
  }

  private static Run collect(String profile, Path kubeconfig, Path file) {
    return Run.of(
        "collect", "-p", profile, "--kubeconfig", kubeconfig.toString(), "-o", file.toString());
  }
}
