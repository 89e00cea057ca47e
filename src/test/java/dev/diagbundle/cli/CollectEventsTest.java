package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events as objects and as a table, from whichever of the two APIs gives them.
final class CollectEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORBIDDEN =
      "{\"kind\":\"Status\",\"message\":\"events is forbidden\",\"code\":403}";

  @TempDir private Path folder = Path.of("");

  @Test
  void tableHasEveryEventOnceInTheOrderInWhichItWasSeenLast() throws Exception {
    var file = collect(ReplayOptions.defaults(), "6h");
    try (var bundle = BundleReader.open(file)) {
      var lines = text(bundle, "events.txt").lines().toList();
      var times = lines.stream().skip(1).map(line -> line.substring(0, 20)).toList();
      assertEquals(times.stream().sorted().toList(), times);
      long objects =
          bundle.manifest().entries().stream()
              .filter(entry -> entry.path().value().startsWith("cluster-resources/events/"))
              .mapToLong(entry -> entry.lines() - 1)
              .sum();
      assertEquals(objects, times.size());
      // It was made at 02:58 and seen again until 03:13.
      assertTrue(
          lines.stream()
              .anyMatch(line ->
                  line.startsWith("2026-11-21T03:13:05Z  Warning  FailedScheduling")
                      && line.contains("shop/Pod/db-0")
                      && line.contains("(x4; default-scheduler)")));
    }
  }

  @Test
  void eventThatWasSeenAgainInsideTheWindowIsInItThoughItIsOlder() throws Exception {
    var file = collect(ReplayOptions.defaults(), "5m");
    try (var bundle = BundleReader.open(file)) {
      assertTrue(text(bundle, "cluster-resources/events/shop.json").contains("db-0.18e9f0175246e"));
      text(bundle, "events.txt")
          .lines()
          .skip(1)
          .forEach(line -> assertTrue(line.compareTo("2026-11-21T03:09:36Z") >= 0, line));
    }
  }

  @Test
  void eventThatBeganAfterTheWindowIsNotInIt() throws Exception {
    var to = "2026-11-21T03:00:00Z";
    var file =
        collect(
            ReplayOptions.defaults(), ExitCode.OK, "--from", "2026-11-21T02:50:00Z", "--to", to);
    try (var bundle = BundleReader.open(file)) {
      var lines = text(bundle, "events.txt").lines().skip(1).toList();
      // Seen four times from 02:58 to 03:13.
      assertTrue(lines.stream().anyMatch(line -> line.contains("shop/Pod/db-0")), lines.toString());
      var later = lines.stream().filter(line -> line.compareTo(to) >= 0).toList();
      assertTrue(later.stream().allMatch(line -> line.contains("(x")), later.toString());
    }
  }

  @Test
  void forbiddenCoreEventsComeFromTheNewerApiAndAreTheSame() throws Exception {
    var core = collect(ReplayOptions.defaults(), "6h");
    var newer = collect(refusing("/api/v1/events"), "6h");
    try (var expected = BundleReader.open(core);
        var actual = BundleReader.open(newer)) {
      assertEquals(new Outcome.Collected(), outcome(actual, "events/events"));
      for (var entry : expected.manifest().entries()) {
        var path = entry.path().value();
        if (path.startsWith("cluster-resources/events/")) {
          assertEquals(
              withoutUnset(JSON.readTree(text(expected, path))),
              withoutUnset(JSON.readTree(text(actual, path))),
              path);
        }
      }
      assertEquals(text(expected, "events.txt"), text(actual, "events.txt"));
    }
  }

  @Test
  void eventsThatBothApisRefuseAreForbiddenOnce() throws Exception {
    var file =
        collect(
            refusing("/api/v1/events", "/apis/events.k8s.io/v1/events"), "6h", ExitCode.INCOMPLETE);
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          new Outcome.Failed(Reason.FORBIDDEN, "events is forbidden"),
          outcome(bundle, "events/events"));
    }
  }

  @Test
  void eventsAreAskedForBeforeAnythingElseIsListed() throws Exception {
    var file = collect(ReplayOptions.defaults(), "6h");
    try (var bundle = BundleReader.open(file)) {
      assertEquals("events/events", bundle.manifest().items().getFirst().id());
    }
  }

  /// A component that sets no controller leaves the field empty in one API and out in the other.
  private static JsonNode withoutUnset(JsonNode list) {
    for (JsonNode event : list.path("items")) {
      if (event instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
        for (String field : List.of("reportingComponent", "reportingInstance")) {
          if (object.path(field).asText("").isEmpty()) {
            object.remove(field);
          }
        }
      }
    }
    return list;
  }

  private static ReplayOptions refusing(String... paths) {
    return ReplayOptions.defaults()
        .withInterceptor(request ->
            List.of(paths).contains(request.path())
                ? Optional.of(exchange -> exchange.send(403, "application/json", FORBIDDEN))
                : Optional.empty());
  }

  private Path collect(ReplayOptions options, String since) throws Exception {
    return collect(options, since, ExitCode.OK);
  }

  private Path collect(ReplayOptions options, String since, int code) throws Exception {
    return collect(options, code, "--since", since);
  }

  private Path collect(ReplayOptions options, int code, String... span) throws Exception {
    var profile = folder.resolve("events.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: events
        collect:
          - events: {}
        """);
    var file = Files.createTempDirectory(folder, "run").resolve("events.tar.gz");
    try (var server = DemoClusterFixture.start(options)) {
      var words =
          new ArrayList<>(
              List.of(
                  "collect",
                  "-q",
                  "-p",
                  profile.toString(),
                  "--kubeconfig",
                  kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
                  "-o",
                  file.toString()));
      words.addAll(List.of(span));
      var run = Run.of(words.toArray(String[]::new));
      assertEquals(code, run.code(), run.err());
    }
    return file;
  }
}
