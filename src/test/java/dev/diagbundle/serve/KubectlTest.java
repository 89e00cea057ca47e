package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real kubectl takes the replayed cluster for a cluster.
class KubectlTest {
  @TempDir Path folder;
  private DemoClusterFixture demo;

  @BeforeEach
  void start() throws IOException {
    boolean present =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    if (!present && "true".equals(System.getenv("CI"))) {
      fail("kubectl is not on the PATH");
    }
    if (!present) {
      abort("kubectl is not on the PATH: nothing was tested with it");
    }
    demo = DemoClusterFixture.start();
  }

  @AfterEach
  void stop() throws IOException {
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void getListsNodesAndPods() throws Exception {
    assertEquals(
        "node/rig-1\nnode/rig-2\nnode/rig-3\nnode/win-1\n", kubectl("get", "nodes", "-o", "name"));
    var columns =
        "custom-columns=NAME:.metadata.name,PHASE:.status.phase,GOING:.metadata.deletionTimestamp";
    var pods =
        kubectl("get", "pods", "-A", "--no-headers", "--chunk-size=10", "-o", columns)
            .lines()
            .map(line -> line.replaceAll(" +", " ").strip())
            .toList();
    assertEquals(34, pods.size());
    assertTrue(pods.contains("iis-7c9b5d6f8-4k2xq Pending <none>"), pods.toString());
    assertTrue(
        pods.contains("worker-6c5f9d7b9c-2lq8n Running 2026-11-21T03:14:16Z"), pods.toString());
  }

  @Test
  void describeShowsANodeWithItsPodsAndEvents() throws Exception {
    var text = kubectl("describe", "node", "rig-1");
    assertTrue(text.contains("HolderIdentity:  rig-1"), text);
    assertTrue(text.contains("RegisteredNode"), text);
    assertTrue(text.contains("web"), text);
  }

  @Test
  void logsArePrinted() throws Exception {
    var tail = kubectl("logs", "-n", "shop", "web", "-c", "app", "--tail=2");
    assertEquals(2, tail.lines().count());
    var previous = kubectl("logs", "-n", "shop", "crash", "--previous");
    assertTrue(previous.contains("panic: cannot connect to db"), previous);
  }

  @Test
  void rawNodeLogsArePrinted() throws Exception {
    assertTrue(
        kubectl("get", "--raw", "/api/v1/nodes/rig-1/proxy/logs/").contains("<a href=\"apt/\">"));
    assertEquals(
        2,
        kubectl("get", "--raw", "/api/v1/nodes/rig-1/proxy/logs/?query=kubelet&tailLines=2")
            .lines()
            .count());
  }

  @Test
  void customResourcesAreListed() throws Exception {
    assertTrue(kubectl("get", "ippools").contains("default-ipv4-ippool"));
    assertTrue(kubectl("events", "-n", "shop").contains("FailedCreatePodSandBox"));
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl", "--kubeconfig"));
    command.add(demo.kubeconfig(folder).toString());
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    var output = folder.resolve("output.txt").toFile();
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    int code = process.waitFor();
    var text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
    assertEquals(0, code, text);
    return text;
  }
}
