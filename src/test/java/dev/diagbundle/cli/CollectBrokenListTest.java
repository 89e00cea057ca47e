package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A list of 10,000 pods, 20 chunks, that breaks at the seventh.
final class CollectBrokenListTest {
  private static final int PODS = 10_000;
  private static final int BEFORE = 3_000;
  private static final String EXPIRED =
      "{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Failure\",\"reason\":\"Expired\","
          + "\"message\":\"The provided continue parameter is too old\",\"code\":410}";

  @TempDir private Path folder = Path.of("");

  @Test
  void snapshotThatIsForgottenOnceLosesAndDoublesNothing() throws Exception {
    try (var bundle =
        BundleReader.open(
            collect(1, exchange -> exchange.send(410, "application/json", EXPIRED)))) {
      assertEquals(new Outcome.Collected(), outcome(bundle, "clusterDump/pods"));
      assertEquals(PODS, pods(bundle));
    }
  }

  @Test
  void snapshotThatIsForgottenAgainAndAgainIsAPartialList() throws Exception {
    try (var bundle =
        BundleReader.open(
            collect(99, exchange -> exchange.send(410, "application/json", EXPIRED)))) {
      assertPartial(bundle, Reason.INVALID_ANSWER, BEFORE);
    }
  }

  @Test
  void errorOfTheServerInTheMiddleIsAPartialList() throws Exception {
    try (var bundle =
        BundleReader.open(collect(99, exchange -> exchange.sendError(500, "etcd is away")))) {
      assertPartial(bundle, Reason.INVALID_ANSWER, BEFORE);
    }
  }

  @Test
  void resetInTheMiddleOfAChunkIsAPartialListThatKeepsWhatCame() throws Exception {
    Handler reset =
        exchange -> {
          var out = exchange.chunks(200, "application/json");
          out.write(
              "{\"kind\":\"PodList\",\"metadata\":{},\"items\":[%s,%s,{\"meta"
                  .formatted(pod(BEFORE), pod(BEFORE + 1))
                  .getBytes(StandardCharsets.UTF_8));
          out.flush();
          exchange.reset();
        };
    try (var bundle = BundleReader.open(collect(99, reset))) {
      var outcome = (Outcome.Partial) outcome(bundle, "clusterDump/pods");
      assertTrue(outcome.detail().startsWith("cut off after 300"), outcome.detail());
      assertTrue(pods(bundle) >= BEFORE);
      assertEquals(new Outcome.Collected(), outcome(bundle, "clusterDump/nodes"));
    }
  }

  private static void assertPartial(BundleReader bundle, Reason reason, int count)
      throws IOException {
    var outcome = (Outcome.Partial) outcome(bundle, "clusterDump/pods");
    assertEquals(reason, outcome.reason());
    assertTrue(
        outcome.detail().startsWith("cut off after " + count + " objects: "), outcome.detail());
    assertEquals(count, pods(bundle));
    assertEquals(new Outcome.Collected(), outcome(bundle, "clusterDump/nodes"));
    assertEquals(new Outcome.Collected(), outcome(bundle, "events/events"));
  }

  /// The number of pods in the bundle, none of which is there twice, in whole JSON documents.
  private static int pods(BundleReader bundle) throws IOException {
    Set<String> names = new HashSet<>();
    int count = 0;
    for (Entry entry : bundle.manifest().entries()) {
      if (entry.path().value().startsWith("cluster-resources/pods/")) {
        try (var in = bundle.open(entry)) {
          for (JsonNode pod : new ObjectMapper().readTree(in).path("items")) {
            names.add(pod.at("/metadata/namespace").asText() + pod.at("/metadata/name").asText());
            count++;
          }
        }
      }
    }
    assertEquals(count, names.size());
    return count;
  }

  /// @param times how often the seventh request, and those after it, are answered by the fault
  private Path collect(int times, Handler fault) throws Exception {
    var requests = new AtomicInteger();
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (!request.path().equals("/api/v1/pods")) {
                return Optional.empty();
              }
              int number = requests.incrementAndGet();
              return number >= 7 && number < 7 + times ? Optional.of(fault) : Optional.empty();
            });
    var profile = folder.resolve("broken.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: broken
        collect:
          - events: {}
          - clusterDump: { resources: [nodes, pods] }
        """);
    var file = folder.resolve("broken.tar.gz");
    try (var server = DemoClusterFixture.start(write(), options)) {
      var run =
          Run.of(
              "collect",
              "-q",
              "-p",
              profile.toString(),
              "--kubeconfig",
              kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
              "-o",
              file.toString());
      assertTrue(Files.exists(file), run.err());
    }
    return file;
  }

  private static String pod(int number) {
    return "{\"metadata\":{\"namespace\":\"n%d\",\"name\":\"p%05d\"}}"
        .formatted(number / 1_500, number);
  }

  private Path write() throws IOException {
    var cluster = new LargeCluster(3, 10, 10).write(folder.resolve("cluster"));
    var pods = new StringBuilder("{\"kind\":\"PodList\",\"metadata\":{},\"items\":[");
    for (int number = 0; number < PODS; number++) {
      pods.append(number == 0 ? "" : ",").append(pod(number));
    }
    Files.writeString(cluster.resolve("objects/pods.json"), pods.append("]}"));
    return cluster;
  }
}
