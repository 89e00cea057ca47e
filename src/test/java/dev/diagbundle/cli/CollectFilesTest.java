package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over log folders with the strangest names.
final class CollectFilesTest {
  private static final String ROOT = "/api/v1/nodes/n/proxy/logs/";
  private static final String LONG = "n".repeat(251) + ".log";

  @TempDir private Path folder = Path.of("");

  @Test
  void strangeNamesOfRealFilesAreCollectedByteForByte() throws Exception {
    for (String name :
        List.of("a:b", "sp ace&<.log", "q\"'?#.log", "back\\slash.log", "50%.log", "end ", LONG)) {
      file("nodes/n/files/" + name, "content of " + name);
    }
    file("odd", "content of the odd one");
    file(
        "nodes/n/node.json",
        "{\"links\": {\"%FF%FE.log\": \"odd\", \"%25FF%25FE.log\": \"nodes/n/files/a:b\"}}");
    var bundle = collect(ReplayOptions.defaults());
    try (var reader = BundleReader.open(bundle)) {
      assertEquals("content of a:b", text(reader, "nodes/n/files/a%3Ab"));
      assertEquals("content of sp ace&<.log", text(reader, "nodes/n/files/sp ace&%3C.log"));
      assertEquals("content of q\"'?#.log", text(reader, "nodes/n/files/q%22'%3F#.log"));
      assertEquals("content of back\\slash.log", text(reader, "nodes/n/files/back%5Cslash.log"));
      assertEquals("content of 50%.log", text(reader, "nodes/n/files/50%25.log"));
      assertEquals("content of end ", text(reader, "nodes/n/files/end%20"));
      assertEquals("content of the odd one", text(reader, "nodes/n/files/%uDCFF%uDCFE.log"));
      assertEquals("content of a:b", text(reader, "nodes/n/files/%25FF%25FE.log"));
      var cut =
          reader.manifest().entries().stream()
              .filter(entry -> entry.path().value().startsWith("nodes/n/files/nnn"))
              .toList();
      assertEquals(1, cut.size());
      assertEquals("content of " + LONG, text(reader, cut.getFirst().path().value()));
      assertEquals(new Outcome.Collected(), outcome(reader, "nodeFiles/n/%FF%FE.log"));
      assertEquals(new Outcome.Collected(), outcome(reader, "nodeFiles/n/%25FF%25FE.log"));
      assertEquals(new Outcome.Collected(), outcome(reader, "nodeFiles/n/(folder of nodeFiles)"));
    }
    unpack(bundle);
  }

  @Test
  void namesThatNoFileCanHaveDoNotEscape() throws Exception {
    var page =
        List.of(
                "../x",
                "..%2Fx",
                "%2e%2e/",
                "/etc/passwd",
                "a%00b",
                ".",
                "http:%2F%2Fevil/",
                "twice",
                "twice",
                "twice/",
                "ctrl%1b%5b31m%0a%0d.log",
                "..%5c..%5cwindows.log",
                "rtl%e2%80%ae.log",
                "dots...",
                "CON",
                "query%3Fx=1.log")
            .stream()
            .map(href -> "<a href=\"" + href + "\">x</a>\n")
            .collect(Collectors.joining("", "<pre>\n", "</pre>\n"));
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (!request.path().startsWith(ROOT)) {
                return Optional.empty();
              }
              if (request.path().equals(ROOT)) {
                return Optional.of(
                    exchange -> exchange.send(200, "text/html; charset=utf-8", page));
              }
              var body = request.path().substring(ROOT.length());
              return Optional.of(exchange -> {
                exchange.header(
                    "Content-Range", "bytes 0-%d/%d".formatted(body.length() - 1, body.length()));
                exchange.send(206, "text/plain", body);
              });
            });
    var bundle = collect(options);
    try (var reader = BundleReader.open(bundle)) {
      var files =
          reader.manifest().entries().stream()
              .filter(entry -> entry.item().startsWith("nodeFiles/"))
              .map(entry -> entry.path().value())
              .collect(Collectors.toSet());
      assertEquals(
          Set.of(
              "nodes/n/files/twice",
              "nodes/n/files/ctrl%1B[31m%0A%0D.log",
              "nodes/n/files/..%5C..%5Cwindows.log",
              "nodes/n/files/rtl%E2%80%AE.log",
              "nodes/n/files/dots..%2E",
              "nodes/n/files/CON",
              "nodes/n/files/query%3Fx=1.log"),
          files);
      assertEquals(
          "query%3Fx%3D1.log", text(reader, "nodes/n/files/query%3Fx=1.log"), "what was asked for");
      assertEquals(
          new Outcome.Partial(
              Reason.INVALID_ANSWER, "the log folder: 7 of its links are not valid file names"),
          outcome(reader, "nodeFiles/n/(folder of nodeFiles)"));
    }
    unpack(bundle);
  }

  /// Plain `tar` lists and unpacks the bundle, and nothing of it lies outside its one folder.
  private void unpack(Path bundle) throws IOException, InterruptedException {
    var tar = RequiredTool.require("tar");
    var target = Files.createDirectories(folder.resolve("jail/unpacked"));
    var listed = tar.run(folder, "-tzf", bundle.toString());
    assertEquals(0, listed.exitCode(), listed.err());
    assertTrue(listed.out().lines().allMatch(line -> line.startsWith("diagbundle-")));
    var unpacked = tar.run(folder, "-xzf", bundle.toString(), "-C", target.toString());
    assertEquals(0, unpacked.exitCode(), unpacked.err());
    assertEquals(List.of(target), CollectFixture.files(folder.resolve("jail")));
    assertEquals(1, CollectFixture.files(target).size());
    var sums =
        RequiredTool.require("sha256sum")
            .run(CollectFixture.files(target).getFirst(), "-c", "--quiet", "SHA256SUMS");
    assertEquals(0, sums.exitCode(), sums.err());
  }

  private Path collect(ReplayOptions options) throws IOException {
    file("cluster.json", "{\"time\":\"2026-01-01T10:00:00Z\"}");
    file("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    file("objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}");
    var profile = folder.resolve("files.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: files
        description: For a test
        collect:
          - nodeFiles: { include: ["**"] }
        """);
    var bundle = folder.resolve("files.tar.gz");
    try (var data = ClusterData.of(folder.resolve("cluster"));
        var server = ReplayServer.start(data, options)) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var run =
          Run.of(
              "collect",
              "--kubeconfig",
              kubeconfig.toString(),
              "-o",
              bundle.toString(),
              "-p",
              profile.toString());
      assertTrue(run.code() == ExitCode.OK || run.code() == ExitCode.INCOMPLETE, run.err());
    }
    return bundle;
  }

  private void file(String path, String text) throws IOException {
    var file = folder.resolve("cluster").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
