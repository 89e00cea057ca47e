package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.Relations.Listed;
import dev.diagbundle.model.Interner;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random objects as we describe them and as the kubectl of this machine does, which asks a
/// replayed API for them. An older kubectl gets no objects with what it does not know, and two
/// lines that came or went with kubectl 1.36 are left out of both texts.
@Tag("kubectl")
final class KubectlComparisonTest {
  private static final Path ANSWERS = Path.of("examples/demo-cluster/answers");
  private static final Pattern MINOR = Pattern.compile("\"minor\": \"(\\d+)");
  private static final Pattern NEW_OR_OLD =
      Pattern.compile("(?m)^(  Kube-Proxy Version:|Time Zone:) .*\n");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void generatedObjectsReadAsInKubectl(long seed) throws Exception {
    var tool = RequiredTool.require("kubectl");
    int minor = minor(run(tool, List.of("version", "--client", "-o", "json")));
    var now = Instant.now();
    var cluster = new GeneratedCluster(new Dice(new Random(seed), now, minor));
    cluster.write(folder, ANSWERS);
    try (var api = DemoClusterFixture.start(folder)) {
      var config = api.kubeconfig(folder).toString();
      var comparisons = new ArrayList<Executable>();
      int described = 0;
      for (var file : GeneratedCluster.KINDS.keySet()) {
        var ours = descriptions(cluster, file, Viewpoint.utc(now));
        var command = new ArrayList<>(List.of("--kubeconfig", config, "describe", file));
        command.addAll(List.of("--show-events=true", "--cache-dir", folder + "/cache"));
        if (!file.equals("nodes")) {
          command.add("--all-namespaces");
        }
        var theirs = run(tool, command);
        comparisons.add(() ->
            assertEquals(
                comparable(file, theirs, minor),
                comparable(file, String.join("\n\n", ours), minor),
                file));
        described += ours.size();
      }
      assertAll(comparisons);
      var took = Duration.between(now, Instant.now());
      assertTrue(took.toSeconds() < 50, () -> "ages may have changed meanwhile: " + took);
      assertTrue(described >= 200, described + " objects");
    }
  }

  private static String comparable(String file, String text, int minor) {
    if (minor >= 36) {
      return text;
    }
    var without = NEW_OR_OLD.matcher(text).replaceAll("");
    return file.equals("daemonsets.apps")
        ? without.replaceAll("(?m)^Namespace: .*\n", "")
        : without;
  }

  private static List<String> descriptions(
      GeneratedCluster cluster, String file, Viewpoint viewpoint) throws IOException {
    var pool = new Interner();
    var events =
        cluster.list("events").stream().map(event -> DescribedEvent.of(event, pool)).toList();
    var relations = new Relations();
    cluster.list("pods").forEach(pod -> relations.add(Listed.PODS, pod));
    cluster.list("replicasets.apps").forEach(set -> relations.add(Listed.REPLICA_SETS, set));
    cluster
        .list("endpointslices.discovery.k8s.io")
        .forEach(slice -> relations.add(Listed.ENDPOINT_SLICES, slice));
    for (var list : Listed.values()) {
      relations.end(list);
    }
    var texts = new ArrayList<String>();
    for (var object : cluster.list(file)) {
      var out = new StringBuilder();
      switch (file) {
        case "nodes" -> node(cluster, object, events).render(out, viewpoint);
        case "pods" -> new PodDescription(object, events).render(out, viewpoint);
        default ->
            kind(GeneratedCluster.KINDS.getOrDefault(file, ""))
                .render(object, events, relations, out, viewpoint);
      }
      texts.add(out.toString());
    }
    return texts;
  }

  private static DescribedKind kind(String name) {
    return List.of(DescribedKind.values()).stream()
        .filter(kind -> kind.kind().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static NodeDescription node(
      GeneratedCluster cluster, JsonNode node, List<DescribedEvent> events) {
    var name = node.at("/metadata/name").asText();
    var pool = new Interner();
    var pods =
        cluster.list("pods").stream()
            .map(pod -> DescribedPod.of(pod, pool))
            .filter(pod -> pod.node().equals(name))
            .toList();
    LeaseResponse lease =
        cluster.list("leases.coordination.k8s.io").stream()
            .filter(each -> each.at("/metadata/name").asText().equals(name))
            .findFirst()
            .<LeaseResponse>map(LeaseResponse.Found::new)
            .orElse(
                new LeaseResponse.Failed("leases.coordination.k8s.io \"" + name + "\" not found"));
    return new NodeDescription(node, Optional.of(pods), lease, events, List.of());
  }

  private static int minor(String version) {
    var matcher = MINOR.matcher(version);
    assertTrue(matcher.find(), version);
    return Integer.parseInt(matcher.group(1));
  }

  private String run(RequiredTool tool, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(tool.path().toString()));
    command.addAll(arguments);
    var error = folder.resolve("error.txt").toFile();
    var builder = new ProcessBuilder(command).redirectError(error);
    builder.environment().put("TZ", "UTC");
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), () -> out + error(error.toPath()));
    return out;
  }

  private static String error(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
