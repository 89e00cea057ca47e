package dev.diagbundle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.testing.RequiredTool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that look into a bundle, on a bundle of the demonstration cluster.
final class LookingTest {
  private static final String KUBELET = "nodes/rig-1/services/kubelet.log";

  @TempDir private static Path shared = Path.of("");
  private static Path bundle = Path.of("");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void collect() {
    bundle = shared.resolve("demo.tar.gz");
    Run.of("collect", "-p", "windows-cni", "--demo", "-q", "-o", bundle.toString());
  }

  @Test
  void lsShowsEveryFileWithItsOutcomeAndWhatIsMissing() throws Exception {
    var run = Run.of("ls", bundle.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().lines().anyMatch(line -> line.endsWith("collected  " + KUBELET)));
    for (String closing : List.of("manifest.json", "index.html", "SHA256SUMS")) {
      assertTrue(run.out().lines().anyMatch(line -> line.endsWith("  " + closing)), closing);
    }
    assertTrue(run.out().contains("-  failed     kubelet/rig-3/configz  unreachable"), run.out());
    try (var reader = BundleReader.open(bundle)) {
      long files = run.out().lines().filter(line -> !line.contains("  -  ")).count();
      assertEquals(reader.manifest().entries().size() + 3, files);
    }
  }

  @Test
  void lsOfANodeShowsNothingOfOthers() {
    var run = Run.of("ls", bundle.toString(), "--node", "rig-1");
    assertTrue(run.out().contains(KUBELET));
    assertFalse(run.out().contains("rig-3"), run.out());
    assertFalse(run.out().contains("manifest.json"), run.out());
  }

  @Test
  void lsOfFailuresNamesItemAndReason() {
    var run = Run.of("ls", bundle.toString(), "--failed", "--node", "rig-2");
    assertTrue(run.out().lines().allMatch(line -> line.contains("/rig-2/")), run.out());
    assertTrue(run.out().contains("nodeLogs/rig-2/kubelet  unsupported"), run.out());
  }

  @Test
  void lsSumsFoldersInATree() {
    var run = Run.of("ls", bundle.toString(), "--tree", "nodes/rig-1");
    assertTrue(run.out().lines().findFirst().orElse("").contains("  nodes/  ("), run.out());
    assertTrue(run.out().lines().anyMatch(line -> line.contains("      kubelet.log")), run.out());
  }

  @Test
  void lsSpeaksJson() throws Exception {
    var run = Run.of("ls", bundle.toString(), "--format", "json");
    var json = new ObjectMapper().readTree(run.out());
    assertEquals("indexed", json.path("form").asText());
    assertTrue(json.path("files").findValuesAsText("path").contains(KUBELET));
    assertTrue(json.path("items").findValuesAsText("reason").contains("unreachable"));
  }

  @Test
  void catPrintsTheBytesOfAFile() throws Exception {
    var run = Run.of("cat", bundle.toString(), KUBELET);
    assertEquals(new Run(ExitCode.OK, content(KUBELET), ""), run);
  }

  @Test
  void catPrintsAHeaderAboveEachOfSeveralFiles() throws Exception {
    var run = Run.of("cat", bundle.toString(), "nodes/*/describe.txt");
    var headers = run.out().lines().filter(line -> line.startsWith("==> ")).toList();
    assertEquals("==> nodes/rig-1/describe.txt <==", headers.getFirst());
    assertTrue(headers.size() > 1);
    assertTrue(run.out().contains("\n\n==> nodes/rig-2/describe.txt <==\n"));
  }

  @Test
  void catOfAnAbsentPathSaysSo() {
    var run = Run.of("cat", bundle.toString(), "nodes/rig-9/*");
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(run.err().startsWith("diagbundle: no file 'nodes/rig-9/*' in the bundle\n"));
  }

  @Test
  void grepFindsWhatGrepFinds() throws Exception {
    var pattern = "error|[Ff]ailed";
    RequiredTool.require("tar").run(folder, "xzf", bundle.toString(), "--strip-components=1");
    var expected =
        RequiredTool.require("grep").run(folder, "-rnE", pattern, "nodes").out().lines().sorted();
    var run = Run.of("grep", pattern, bundle.toString(), "nodes");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(expected.toList(), run.out().lines().sorted().toList());
    var paths = run.out().lines().map(line -> line.substring(0, line.indexOf(':'))).toList();
    assertEquals(paths.stream().sorted().toList(), paths);
  }

  @Test
  void grepPrintsTheSameSurroundingsAsGrep() throws Exception {
    RequiredTool.require("tar").run(folder, "xzf", bundle.toString(), "--strip-components=1");
    var expected =
        RequiredTool.require("grep").run(folder, "-niHE", "-C", "2", "FAILED", KUBELET).out();
    var run = Run.of("grep", "-i", "-C", "2", "FAILED", bundle.toString(), KUBELET);
    assertEquals(expected, run.out());
  }

  @Test
  void grepWithoutAHitExitsAsGrepDoes() {
    var run = Run.of("grep", "no such words anywhere", bundle.toString(), "--node", "rig-1");
    assertEquals(new Run(ExitCode.FAILED, "", ""), run);
    assertEquals(ExitCode.USAGE, Run.of("grep", "(", bundle.toString()).code());
  }

  @Test
  void everyFormOfABundleIsVerified() throws Exception {
    var run = Run.of("verify", bundle.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    var tar = RequiredTool.require("tar");
    tar.run(folder, "xzf", bundle.toString());
    var root = root();
    assertEquals(ExitCode.OK, Run.of("verify", root.toString()).code());
    tar.run(folder, "czf", "again.tgz", root.getFileName().toString());
    assertEquals(ExitCode.OK, Run.of("verify", folder.resolve("again.tgz").toString()).code());
  }

  @Test
  void aChangedFileIsTheLieThatVerifyNames() throws Exception {
    RequiredTool.require("tar").run(folder, "xzf", bundle.toString());
    var file = root().resolve(KUBELET);
    var text = Files.readAllBytes(file);
    text[100] ^= 1;
    Files.write(file, text);
    var run = Run.of("verify", root().toString());
    assertEquals(ExitCode.CHECK_FAILED, run.code());
    assertTrue(run.err().contains("'" + KUBELET + "' has another checksum"), run.err());
    RequiredTool.require("tar").run(folder, "czf", "x.tgz", root().getFileName().toString());
    run = Run.of("verify", folder.resolve("x.tgz").toString());
    assertEquals(ExitCode.CHECK_FAILED, run.code());
    assertTrue(run.err().contains("'" + KUBELET + "' has another checksum"), run.err());
  }

  @Test
  void aFlippedBitAnywhereInAMemberIsTheLieThatVerifyNames() throws Exception {
    var bytes = Files.readAllBytes(bundle);
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(new EntryPath(KUBELET)).orElseThrow();
      bytes[(int) (entry.offset() + entry.compressedBytes() / 2)] ^= 4;
    }
    var run = Run.of("verify", Files.write(folder.resolve("flipped"), bytes).toString());
    assertEquals(ExitCode.CHECK_FAILED, run.code());
    assertTrue(run.err().contains("failed verification: "), run.err());
  }

  @Test
  void reportOfABundleIsTheReportInIt() throws Exception {
    var page = folder.resolve("page.html");
    var run = Run.of("report", bundle.toString(), "-o", page.toString());
    assertEquals(new Run(ExitCode.OK, page + "\n", ""), run);
    assertEquals(content("index.html"), Files.readString(page));
    assertEquals(
        ExitCode.USAGE, Run.of("report", bundle.toString(), "-o", bundle.toString()).code());
    assertEquals(ExitCode.OK, Run.of("verify", bundle.toString()).code());
  }

  @Test
  void whatAKilledRunHasLeftIsListedPrintedSearchedAndReported() throws Exception {
    long end;
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(new EntryPath(KUBELET)).orElseThrow();
      end = entry.offset() + entry.compressedBytes() + 30;
    }
    var partial = folder.resolve("x.tar.gz.partial");
    Files.write(partial, Arrays.copyOf(Files.readAllBytes(bundle), (int) end));
    var name = partial.toString();
    var run = Run.of("ls", name);
    assertTrue(run.out().contains(KUBELET), run.out());
    assertTrue(run.err().startsWith("diagbundle: note: it is cut short; "), run.err());
    assertEquals(content(KUBELET), Run.of("cat", "-q", name, KUBELET).out());
    assertEquals(ExitCode.OK, Run.of("grep", "kubelet", name, KUBELET).code());
    assertEquals(ExitCode.CHECK_FAILED, Run.of("verify", name).code());
    run = Run.of("report", "-q", name);
    assertEquals(new Run(ExitCode.OK, name + ".html\n", ""), run);
    assertTrue(Files.readString(Path.of(name + ".html")).contains("interrupted"));
  }

  @Test
  void aBundleComesThroughStandardInput() throws Exception {
    var out = new ByteArrayOutputStream();
    int code = run(out, false, "cat", "-", KUBELET);
    assertEquals(ExitCode.OK, code);
    assertEquals(content(KUBELET), out.toString(UTF_8));
  }

  @Test
  void controlCharactersAreShownOnATerminalAndPassedOnElsewhere() throws Exception {
    var hostile = "\u001b]0;owned\u0007red \u001b[31m\u202eline\r\nnext\tline";
    Files.createDirectories(folder.resolve("b/nodes/n"));
    Files.writeString(folder.resolve("b/nodes/n/a.log"), hostile);
    var file = folder.resolve("b").toString();
    var out = new ByteArrayOutputStream();
    run(out, true, "cat", file, "nodes/n/a.log");
    assertEquals("red U+202Eline\nnext line", out.toString(UTF_8));
    out.reset();
    run(out, false, "cat", file, "nodes/n/a.log");
    assertEquals(hostile, out.toString(UTF_8));
  }

  @Test
  void aReaderThatHasEnoughEndsTheCommandQuietly() throws Exception {
    for (var words : List.of(List.of("cat", "nodes"), List.of("ls", "nodes"))) {
      var err = new ByteArrayOutputStream();
      int code = run(broken("Broken pipe"), err, words.getFirst(), bundle.toString(), "nodes");
      assertEquals(ExitCode.OK, code);
      assertEquals("", err.toString(UTF_8));
    }
    var err = new ByteArrayOutputStream();
    assertEquals(ExitCode.OK, run(broken("Broken pipe"), err, "grep", "e", bundle.toString()));
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void aFullDiskBehindStandardOutputIsSaid() throws Exception {
    var err = new ByteArrayOutputStream();
    var full = broken("No space left on device");
    assertEquals(ExitCode.FAILED, run(full, err, "cat", bundle.toString(), KUBELET));
    assertEquals(
        "diagbundle: cannot write to standard output: No space left on device\n",
        err.toString(UTF_8));
  }

  private static OutputStream broken(String how) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(how);
      }
    };
  }

  private static int run(OutputStream out, OutputStream err, String... args) {
    var terminal =
        new Terminal(
            new PrintStream(out), new PrintStream(err, true, UTF_8), false, false, false, out);
    return Main.run(new Session(terminal, Map.of(), Clock.systemUTC(), Signals.NONE), args);
  }

  private static int run(OutputStream out, boolean screen, String... args) throws IOException {
    var terminal =
        new Terminal(new PrintStream(out, true, UTF_8), System.err, false, false, screen, out);
    var in = new ByteArrayInputStream(Files.readAllBytes(bundle));
    return Main.run(
        new Session(terminal, Map.of(), Clock.systemUTC(), Ticker.SYSTEM, Signals.NONE, in), args);
  }

  private Path root() throws IOException {
    try (var roots = Files.newDirectoryStream(folder, "diagbundle-*")) {
      return roots.iterator().next();
    }
  }

  private static String content(String path) throws Exception {
    try (var reader = BundleReader.open(bundle);
        var in = reader.open(reader.find(new EntryPath(path)).orElseThrow())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
