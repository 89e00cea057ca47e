package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs with `--split`.
final class CollectSplitTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyCommandReadsThePartsAndCatJoinsThem() throws Exception {
    var name = folder.resolve("x.tar.gz").toString();
    var run = collect("-q", "-p", "ci-postmortem", "--split", "64KiB", "-o", name);
    var parts = files();
    assertTrue(parts.size() > 2, run.err());
    assertEquals(parts, run.out().lines().toList());
    for (int i = 0; i < parts.size(); i++) {
      assertEquals(name + String.format(".%03d", i + 1), parts.get(i));
      assertTrue(Files.size(Path.of(parts.get(i))) <= 64 << 10);
    }
    var sh = RequiredTool.require("sh");
    var listed = sh.run(folder, "-c", "cat x.tar.gz.* | tar tz");
    assertEquals("", listed.err());
    assertTrue(listed.out().contains("/manifest.json"));
    for (String file : List.of(name, parts.getFirst())) {
      assertEquals(ExitCode.OK, Run.of("verify", file).code());
      assertTrue(Run.of("ls", file).out().contains("events.txt"));
      assertTrue(Run.of("cat", file, "version.yaml").out().contains("SupportBundle"));
      assertEquals(ExitCode.OK, Run.of("grep", "-q", "kind", file).code());
      var page = folder.resolve("page.html").toString();
      assertEquals(ExitCode.OK, Run.of("report", file, "-o", page).code());
      Files.delete(Path.of(page));
    }
  }

  @Test
  void limitOfTheSizeIsThatOfAllParts() throws Exception {
    var name = folder.resolve("x.tar.gz").toString();
    collect("-q", "-p", "ci-postmortem", "--max-size", "256KiB", "--split", "100KiB", "-o", name);
    long sum = 0;
    for (String part : files()) {
      sum += Files.size(Path.of(part));
    }
    assertTrue(sum <= 256 << 10, "size is " + sum);
    assertTrue(sum > 100 << 10, "size is " + sum);
  }

  @Test
  void encryptedBundleIsSplitAfterItWasEncrypted() throws Exception {
    var key = folder.resolve("key.txt");
    RequiredTool.require("age-keygen").run(folder, "-o", key.toString());
    var recipient =
        Files.readString(key).lines().filter(line -> line.startsWith("# public")).findFirst();
    var age = recipient.orElseThrow().replaceAll(".*: ", "");
    var name = folder.resolve("x.tar.gz.age").toString();
    collect("-q", "-p", "minimal", "--split", "64KiB", "--encrypt-to", age, "-o", name);
    Files.move(key, folder.resolve("../" + folder.getFileName() + ".key"));
    assertTrue(files().stream().allMatch(file -> file.matches(".*\\.age\\.00[0-9]")));
    var identity = folder.resolve("../" + folder.getFileName() + ".key").toString();
    var verified = Run.of("verify", "--identity", identity, name);
    assertEquals(ExitCode.OK, verified.code(), verified.err());
    Files.delete(Path.of(identity));
  }

  @Test
  void redactedBundleCanBeSplitButNotOverItself() throws Exception {
    var name = folder.resolve("x.tar.gz").toString();
    collect("-q", "-p", "minimal", "--split", "64KiB", "-o", name);
    var before = files();
    for (String source : List.of(name, before.getFirst())) {
      var refused = Run.of("redact", source, "--split", "64KiB", "-o", name);
      assertEquals(ExitCode.USAGE, refused.code());
      assertEquals(before, files());
    }
    var other = folder.resolve("y.tar.gz").toString();
    var run = Run.of("redact", "-q", name, "--split", "64KiB", "-o", other);
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().startsWith(other + ".001\n"), run.out());
    assertEquals(ExitCode.OK, Run.of("verify", other).code());
  }

  @Test
  void resultAsJsonNamesAllParts() throws Exception {
    var name = folder.resolve("x.tar.gz").toString();
    var run = collect("-q", "-p", "minimal", "--split", "64KiB", "--format", "json", "-o", name);
    var json = new ObjectMapper().readTree(run.out());
    assertEquals(name, json.path("file").asText());
    var named = new ArrayList<String>();
    json.path("files").forEach(file -> named.add(file.asText()));
    assertEquals(files(), named);
  }

  @Test
  void standardOutputAndTinyPartsAreRefusedBeforeAnythingIsAsked() {
    var run = Run.of("collect", "--demo", "--split", "1MB", "-o", "-");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("--split cannot be combined with '-o -'"), run.err());
    run = Run.of("collect", "--demo", "--split", "10KB", "-o", folder.resolve("x").toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("minimum part size is 64 KiB"), run.err());
  }

  private static Run collect(String... more) {
    var words = new ArrayList<>(List.of("collect", "--demo"));
    words.addAll(List.of(more));
    var run = Run.of(words.toArray(String[]::new));
    assertTrue(run.code() == ExitCode.OK || run.code() == ExitCode.INCOMPLETE, run.err());
    return run;
  }

  private List<String> files() throws IOException {
    return CollectFixture.files(folder).stream().map(Path::toString).toList();
  }
}
