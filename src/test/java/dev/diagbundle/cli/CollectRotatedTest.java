package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs that collect the files which a node keeps of container logs.
final class CollectRotatedTest {
  private static final String POD = "nodes/n/files/pods/a_web_u1/c/";
  private static final String LOGS = "cluster-resources/pods/logs/a/web/c/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String ITEM = "podLogs/n/a/web/c/";
  private static final String SEARCH = "podLogs/n/(files of podLogs)";

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeCluster() throws IOException {
    write("cluster.json", "{\"time\":\"2026-11-21T04:00:00Z\"}");
    write("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    write(
        "answers/api/v1.json",
        """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"nodes","kind":"Node","namespaced":false},
        {"name":"pods","kind":"Pod","namespaced":true}]}
        """);
    write("objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}");
    pod("\"uid\":\"u1\"");
    write("pods/a/web/c.log", "2026-11-21T03:50:00Z stdout F now\n");
    write(POD + "1.log", "2026-11-21T03:50:00Z stdout F now\n");
    write(POD + "1.log.20261121-034000", "2026-11-21T03:30:00Z stdout F rotated\n");
    write(POD + "0.log", "2026-11-21T03:10:00Z stderr F first run\n");
  }

  @Test
  void rotatedFilesAndThoseOfEarlierRunsAreCollectedAndWhatTheServerGaveIsNot() throws Exception {
    try (var bundle = collect(request -> Optional.empty())) {
      assertEquals(
          List.of(
              "clusterDump/nodes",
              "clusterDump/pods",
              SEARCH,
              "podLogs/n/a/web/c",
              ITEM + "0.log",
              ITEM + "1.log.20261121-034000"),
          items(bundle));
      assertEquals(
          "2026-11-21T03:30:00.000000000Z rotated\n", text(bundle, LOGS + "1.log.20261121-034000"));
      assertEquals("2026-11-21T03:10:00.000000000Z first run\n", text(bundle, LOGS + "0.log"));
      assertEquals(new Outcome.Collected(), outcome(bundle, SEARCH));
    }
  }

  @Test
  void filesFromBeforeTheWindowAreNotRead() throws Exception {
    write(POD + "1.log.20261118-000000.gz", "no gzip");
    write(POD + "1.log.20261121-020000.gz", "no gzip");
    write(
        "nodes/n/node.json",
        """
        {"modified":{"pods/a_web_u1/c/1.log.20261121-020000.gz":"2026-11-21T02:59:58Z",
        "pods/a_web_u1/c/0.log":"2026-11-21T02:59:59Z"}}
        """);
    try (var bundle = collect(request -> Optional.empty())) {
      assertFalse(items(bundle).contains(ITEM + "1.log.20261118-000000"));
      var before = new Outcome.Skipped(Reason.EMPTY, "not modified in the time window");
      assertEquals(before, outcome(bundle, ITEM + "1.log.20261121-020000"));
      assertEquals(before, outcome(bundle, ITEM + "0.log"));
    }
  }

  @Test
  void presentFileIsCollectedWhereTheServerBrokeOff() throws Exception {
    try (var bundle = collect(on("/pods/web/log", exchange -> exchange.sendError(500, "no")))) {
      assertEquals("2026-11-21T03:50:00.000000000Z now\n", text(bundle, LOGS + "1.log"));
    }
  }

  @Test
  void fileOfARunThatBeganMeanwhileIsCollected() throws Exception {
    write(POD + "2.log", "2026-11-21T03:59:59Z stdout F restarted\n");
    try (var bundle = collect(request -> Optional.empty())) {
      assertEquals("2026-11-21T03:59:59.000000000Z restarted\n", text(bundle, LOGS + "2.log"));
      assertEquals("2026-11-21T03:50:00.000000000Z now\n", text(bundle, LOGS + "1.log"));
    }
  }

  @Test
  void fileThatIsCompressedBetweenListingAndReadingIsFound() throws Exception {
    var listing = "<pre>\n<a href=\"0.log.20261121-031000\">x</a>\n</pre>\n";
    write(POD + "0.log.20261121-031000.gz", "not gzip, but it is found");
    try (var bundle = collect(on("/c/", exchange -> exchange.send(200, HTML, listing)))) {
      assertEquals(
          new Outcome.Failed(
              Reason.TRUNCATED, "the compressed file is damaged: Not in GZIP format"),
          outcome(bundle, ITEM + "0.log.20261121-031000"));
    }
  }

  @Test
  void fileThatIsRemovedBetweenListingAndReadingIsSaid() throws Exception {
    var listing = "<pre>\n<a href=\"0.log.20261121-031000.gz\">x</a>\n</pre>\n";
    try (var bundle = collect(on("/c/", exchange -> exchange.send(200, HTML, listing)))) {
      assertEquals(
          new Outcome.Skipped(Reason.NOT_FOUND, "deleted on the node in the meantime"),
          outcome(bundle, ITEM + "0.log.20261121-031000"));
    }
  }

  @Test
  void linesThatAreRotatedAwayBetweenListingAndReadingAreFound() throws Exception {
    var listing = "<pre>\n<a href=\"1.log\">x</a>\n</pre>\n";
    var listed = new AtomicBoolean();
    try (var bundle =
        collect(request -> {
          if (request.path().endsWith("/pods/web/log")) {
            return Optional.of(exchange -> exchange.sendError(500, "no"));
          }
          return request.path().endsWith("/c/") && !listed.getAndSet(true)
              ? Optional.of(exchange -> exchange.send(200, HTML, listing))
              : Optional.empty();
        })) {
      assertEquals(
          "2026-11-21T03:30:00.000000000Z rotated\n", text(bundle, LOGS + "1.log.20261121-034000"));
    }
  }

  @Test
  void resetInTheMiddleOfAFileIsSaidAndWhatCameIsKept() throws Exception {
    try (var bundle =
        collect(
            on(
                "/0.log",
                exchange -> {
                  exchange.header("Content-Range", "bytes 0-0/500");
                  try (var out = exchange.chunks(206, "text/plain")) {
                    out.write("2026-11-21T03:10:00Z stdout F one\n".getBytes(UTF_8));
                    out.flush();
                    exchange.reset();
                  }
                }))) {
      assertEquals(Reason.TRUNCATED, outcome(bundle, ITEM + "0.log").why().orElseThrow());
      assertEquals("2026-11-21T03:10:00.000000000Z one\n", text(bundle, LOGS + "0.log"));
    }
  }

  @Test
  void logFolderElsewhereIsOneOutcomeWithAHint() throws Exception {
    try (var bundle =
        collect(on("/logs/pods/", exchange -> exchange.sendError(404, "404 page not found")))) {
      assertEquals(
          new Outcome.Skipped(
              Reason.UNSUPPORTED,
              "the node's log folder has no pods/: its kubelet stores container logs elsewhere"
                  + " (podLogsDir in configz) and does not serve files from there"),
          outcome(bundle, SEARCH));
      assertEquals(4, items(bundle).size());
    }
  }

  @Test
  void folderThatCannotBeReadIsSaid() throws Exception {
    try (var bundle = collect(on("/c/", exchange -> exchange.sendError(403, "403 Forbidden")))) {
      assertEquals(
          new Outcome.Partial(
              Reason.INVALID_ANSWER, "unreadable folders: pods/a_web_u1/c/: 403 Forbidden"),
          outcome(bundle, SEARCH));
    }
  }

  @Test
  void staticPodIsFoundByTheHashOfItsFile() throws Exception {
    pod("\"uid\":\"other\",\"annotations\":{\"kubernetes.io/config.mirror\":\"u1\"}");
    try (var bundle = collect(request -> Optional.empty())) {
      assertEquals("2026-11-21T03:10:00.000000000Z first run\n", text(bundle, LOGS + "0.log"));
    }
  }

  @Test
  void podsThatAreGoneAreKeptApart() throws Exception {
    write("nodes/n/files/pods/a_web_u0/c/0.log", "2026-11-21T03:05:00Z stdout F former\n");
    write("nodes/n/files/pods/a_old_u9/x/3.log", "2026-11-21T03:06:00Z stdout F gone\n");
    try (var bundle = collect(request -> Optional.empty())) {
      assertEquals("2026-11-21T03:05:00.000000000Z former\n", text(bundle, LOGS + "u0/0.log"));
      assertEquals(
          "2026-11-21T03:06:00.000000000Z gone\n",
          text(bundle, "cluster-resources/pods/logs/a/old/x/u9/3.log"));
    }
  }

  @Test
  void podsOfOtherNamespacesAreNotTakenForGone() throws Exception {
    write("nodes/n/files/pods/b_old_u9/x/3.log", "2026-11-21T03:06:00Z stdout F gone\n");
    try (var bundle = collect(request -> Optional.empty(), "-n", "a")) {
      assertFalse(items(bundle).stream().anyMatch(item -> item.contains("old")));
    }
  }

  @Test
  void hostileFoldersAreNotRead() throws Exception {
    write("nodes/n/files/pods/__/c/0.log", "");
    write("nodes/n/files/pods/a_web/c/0.log", "");
    write("nodes/n/files/pods/a_web_0.log/c/0.log", "");
    write(POD + "2.log/0.log", "2026-11-21T03:10:00Z stdout F no\n");
    try (var bundle = collect(request -> Optional.empty())) {
      assertEquals(6, items(bundle).size(), items(bundle).toString());
    }
  }

  private void pod(String metadata) throws IOException {
    write(
        "objects/pods.json",
        """
        {"items":[{"metadata":{"namespace":"a","name":"web",%s},
        "spec":{"nodeName":"n","containers":[{"name":"c"}]},
        "status":{"containerStatuses":[{"name":"c","restartCount":1,
        "state":{"running":{}}}]}}]}
        """
            .formatted(metadata));
  }

  private static Interceptor on(String end, Handler handler) {
    return request -> request.path().endsWith(end) ? Optional.of(handler) : Optional.empty();
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("data").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private BundleReader collect(Interceptor interceptor, String... more) throws Exception {
    var profile = folder.resolve("rotated.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: rotated
        description: For a test
        window: 1h
        collect:
          - podLogs: { rotated: true }
        """);
    var file = folder.resolve("rotated.tar.gz");
    try (var data = ClusterData.of(folder.resolve("data"));
        var server =
            ReplayServer.start(data, ReplayOptions.defaults().withInterceptor(interceptor))) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var words =
          Stream.concat(
                  Stream.of(
                      "collect",
                      "-q",
                      "--kubeconfig",
                      kubeconfig.toString(),
                      "-p",
                      profile.toString(),
                      "-o",
                      file.toString()),
                  Stream.of(more))
              .toArray(String[]::new);
      Run.of(words);
    }
    return BundleReader.open(file);
  }
}
