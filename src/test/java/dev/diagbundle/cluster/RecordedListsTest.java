package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the code makes of recorded lists, listings, files and plain answers.
final class RecordedListsTest {
  private static final RequestOrigin CALLER = new RequestOrigin("item", "rig-1", 0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "001-version",
        "006-readyz",
        "007-livez",
        "038-nodelogs-file-as-query",
        "045-nodelogs-path-file",
        "053-kubelet-configz-query-enabled",
        "054-kubelet-configz-query-disabled",
        "056-kubelet-pods",
        "057-kubelet-stats-summary",
        "058-kubelet-metrics-resource"
      })
  void plainAnswerIsItsBytes(String recording) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster();
        var answer = cluster.fetch(Request.raw("/x", CALLER))) {
      assertArrayEquals(
          RecordedServer.Recording.of(recording).body(), answer.body().readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "011-node-missing, NOT_FOUND",
    "060-kubelet-unknown-path, NOT_FOUND",
    "102-node-down-configz, UNREACHABLE"
  })
  void refusedAnswerHasItsReason(String recording, Reason reason) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      var refusal =
          assertThrows(
              RequestFailedException.class, () -> cluster.fetch(Request.raw("/x", CALLER)));
      assertEquals(reason, refusal.reason());
    }
  }

  @Test
  void listingGivesNamesAndFolders() throws Exception {
    try (var server = new RecordedServer("022-nodelogs-listing");
        var cluster = server.cluster()) {
      var names = NodeFile.list(cluster, "rig-1", "", CALLER);
      assertEquals(15, names.size());
      assertTrue(names.containsAll(List.of("README", "apt/", "journal/", "wtmp")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "047-nodelogs-path-directory, history.log",
    "048-nodelogs-path-directory-noslash, term.log",
    "049-nodelogs-path-pods-dir, shop_web_"
  })
  void listingOfAFolderHasItsNames(String recording, String beginning) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      var names = NodeFile.list(cluster, "rig-1", "x/", CALLER);
      assertTrue(names.stream().anyMatch(name -> name.startsWith(beginning)), names.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"015-leases, 2", "016-deployments, 1", "018-services, 2", "020-namespaces, 5"})
  void listHasItsObjects(String recording, int atLeast) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      long count = ObjectList.read(cluster, "/x", CALLER, object -> {});
      assertTrue(count >= atLeast, recording + " has " + count);
    }
  }

  @Test
  void listWhoseTokenRepeatsIsNotFollowedForEver() throws Exception {
    try (var server = new RecordedServer("075-allowed-pods-in-shop");
        var cluster = server.cluster()) {
      var broken =
          assertThrows(
              ObjectList.BrokenListException.class,
              () -> ObjectList.read(cluster, "/x", CALLER, object -> {}));
      assertEquals(Reason.INVALID_ANSWER, broken.reason());
      assertEquals(2, server.asked.size());
    }
  }

  @Test
  void partOfAFileTellsItsSize() throws Exception {
    try (var server = new RecordedServer("076-range-request-on-path-file");
        var cluster = server.cluster()) {
      var file = NodeFile.look(cluster, "rig-1", "apt/history.log", CALLER).orElseThrow();
      assertEquals(34531, file.bytes());
      assertEquals(Instant.parse("2026-11-21T03:08:23Z"), file.modified().orElseThrow());
    }
  }

  @Test
  void missingFileIsNotFound() throws Exception {
    try (var server = new RecordedServer("046-nodelogs-path-missing");
        var cluster = server.cluster()) {
      var refusal =
          assertThrows(
              RequestFailedException.class, () -> NodeFile.look(cluster, "rig-1", "nope", CALLER));
      assertEquals(Reason.NOT_FOUND, refusal.reason());
      assertEquals("404 page not found", refusal.getMessage());
    }
  }

  @Test
  void listIsReadObjectByObject() throws Exception {
    try (var server = new RecordedServer("012-pods");
        var cluster = server.cluster()) {
      var names = new ArrayList<String>();
      long count =
          ObjectList.read(
              cluster,
              "/api/v1/pods",
              CALLER,
              pod -> names.add(pod.path("metadata").path("name").asText()));
      assertEquals(names.size(), count);
      assertTrue(names.containsAll(List.of("web", "crash", "badimage", "initfail", "toobig")));
    }
  }

  @Test
  void listGoesOnWhereTheChunkEnds() throws Exception {
    try (var server = new RecordedServer("009-nodes-limit-1", "008-nodes");
        var cluster = server.cluster()) {
      ObjectList.read(cluster, "/api/v1/nodes", CALLER, node -> {});
      assertEquals(2, server.asked.size());
      assertTrue(server.asked.getLast().startsWith("/api/v1/nodes?limit=500&continue="));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "072-forbidden-nodes, FORBIDDEN",
    "074-forbidden-secrets, FORBIDDEN",
    "021-metrics-api-missing, NOT_FOUND"
  })
  void refusedListIsRefused(String recording, Reason reason) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      var refusal =
          assertThrows(
              RequestFailedException.class,
              () -> ObjectList.read(cluster, "/api/v1/nodes", CALLER, node -> {}));
      assertEquals(reason, refusal.reason());
    }
  }

  @Test
  void healthIsPlainText() throws Exception {
    try (var server = new RecordedServer("055-kubelet-healthz");
        var cluster = server.cluster();
        var answer = cluster.fetch(Request.raw("/api/v1/nodes/rig-1/proxy/healthz", CALLER))) {
      assertEquals("ok", new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
