package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.testing.RequiredTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bundles that only the owners of some keys can read, held against the real `age`.
final class EncryptedBundleTest {
  @TempDir private static Path shared = Path.of("");
  private static Path key = Path.of("");
  private static Path otherKey = Path.of("");
  private static Path bundle = Path.of("");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void collect() throws Exception {
    key = newKey(shared, "key.txt");
    otherKey = newKey(shared, "other.txt");
    bundle = shared.resolve("demo.tar.gz.age");
    var run = collect(bundle);
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
  }

  @Test
  void ageItselfOpensTheBundleAndFindsItWhole() throws Exception {
    var plain = folder.resolve("plain.tar.gz");
    var decrypted =
        RequiredTool.require("age")
            .run(folder, "-d", "-i", key.toString(), "-o", plain.toString(), bundle.toString());
    assertEquals("", decrypted.err());
    var verified = Run.of("verify", plain.toString());
    assertEquals(ExitCode.OK, verified.code(), verified.err());
    try (var reader = BundleReader.open(plain)) {
      assertTrue(reader.manifest().entries().size() > 10);
    }
  }

  @Test
  void nothingOfTheBundleIsLeftInClear() throws Exception {
    try (var files = Files.list(shared)) {
      assertEquals(List.of("demo.tar.gz.age", "key.txt", "other.txt"), names(files.toList()));
    }
    var bytes = new String(Files.readAllBytes(bundle), StandardCharsets.ISO_8859_1);
    assertTrue(bytes.startsWith("age-encryption.org/v1\n"), "no file of age");
  }

  @Test
  void everyReadingCommandTakesTheKey() {
    for (String[] command :
        List.of(
            new String[] {"ls", bundle.toString()},
            new String[] {"cat", bundle.toString(), "nodes/rig-1/kubelet/healthz.txt"},
            new String[] {"grep", "kubelet", bundle.toString(), "nodes/rig-1/services"},
            new String[] {"verify", bundle.toString()},
            new String[] {
              "report", bundle.toString(), "-o", folder.resolve("r.html").toString()
            })) {
      var run =
          Run.of(with(command, "--identity", otherKey.toString(), "--identity", key.toString()));
      assertEquals(ExitCode.OK, run.code(), () -> command[0] + ": " + run.err());
    }
  }

  @Test
  void withoutAKeyTheMessageSaysWhatIsNeeded() {
    var run = Run.of("ls", bundle.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals(
        "diagbundle: cannot read '"
            + bundle
            + "': it is encrypted with age\n  --identity FILE names the secret key.\n",
        run.err());
  }

  @Test
  void withAnotherKeyTheBundleStaysClosed() {
    var run = Run.of("cat", bundle.toString(), "*", "--identity", otherKey.toString());
    assertEquals(ExitCode.FAILED, run.code());
    assertEquals("", run.out());
    assertEquals(
        "diagbundle: cannot read '"
            + bundle
            + "': it is encrypted for other keys than those of --identity\n",
        run.err());
  }

  @Test
  void fileThatAgeHasEncryptedOrArmoredIsRead() throws Exception {
    var plain = folder.resolve("b.tar.gz");
    Run.of("collect", "-p", "minimal", "--demo", "-q", "-o", plain.toString());
    for (String form : List.of("--encrypt", "--armor")) {
      var encrypted = folder.resolve("b" + form);
      RequiredTool.require("age")
          .run(folder, form, "-r", publicKey(key), "-o", encrypted.toString(), plain.toString());
      var run = Run.of("verify", encrypted.toString(), "--identity", key.toString());
      assertEquals(ExitCode.OK, run.code(), run.err());
    }
  }

  @Test
  void flippedBitIsNoticedAndNothingBehindItIsShown() throws Exception {
    var bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    var damaged = Files.write(folder.resolve("damaged.age"), bytes);
    var run = Run.of("verify", damaged.toString(), "--identity", key.toString());
    assertEquals(ExitCode.CHECK_FAILED, run.code(), run.err());
    var list = Run.of("ls", damaged.toString(), "--identity", key.toString());
    assertTrue(list.err().contains("what stands before that is read"), list.err());
  }

  @Test
  void cutFileIsNoticed() throws Exception {
    var bytes = Files.readAllBytes(bundle);
    for (int length : new int[] {10, 100, 200, 70_000, bytes.length - 1}) {
      var cut = Files.write(folder.resolve("cut.age"), Arrays.copyOf(bytes, length));
      var run = Run.of("verify", cut.toString(), "--identity", key.toString());
      assertTrue(
          run.code() == ExitCode.FAILED || run.code() == ExitCode.CHECK_FAILED,
          () -> length + ": " + run);
    }
  }

  @Test
  void limitHoldsForTheEncryptedFile() throws Exception {
    var file = folder.resolve("small.age");
    var run =
        Run.of(
            "collect",
            "-p",
            "ci-postmortem",
            "--demo",
            "-q",
            "--max-size",
            "300000",
            "--encrypt-to",
            publicKey(key),
            "-o",
            file.toString());
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertTrue(Files.size(file) <= 300_000, () -> "too large: " + file.toFile().length());
    assertEquals(
        ExitCode.OK, Run.of("verify", file.toString(), "--identity", key.toString()).code());
  }

  @Test
  void keysThatAreNoneAreRefusedBeforeAnythingIsDone() throws Exception {
    var secret =
        Files.readAllLines(key).stream().filter(line -> !line.startsWith("#")).findFirst().get();
    for (String wrong :
        List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI", "age1nonsense", secret, "bob")) {
      var run =
          Run.of("collect", "--demo", "--encrypt-to", wrong, "-o", folder.resolve("x").toString());
      assertEquals(ExitCode.USAGE, run.code(), run.err());
      assertTrue(run.err().contains("is no public key of age"), run.err());
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    var run = Run.of("ls", bundle.toString(), "--identity", bundle.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("the identity file '"), run.err());
  }

  private static Run collect(Path target) throws Exception {
    return Run.of(
        "collect",
        "-p",
        "windows-cni",
        "--demo",
        "-q",
        "--encrypt-to",
        publicKey(key),
        "-o",
        target.toString());
  }

  static Path newKey(Path folder, String name) throws Exception {
    var file = folder.resolve(name);
    RequiredTool.require("age-keygen").run(folder, "-o", file.toString());
    return file;
  }

  static String publicKey(Path key) throws Exception {
    return Files.readAllLines(key).stream()
        .filter(line -> line.startsWith("# public key: "))
        .map(line -> line.substring("# public key: ".length()))
        .findFirst()
        .orElseThrow();
  }

  private static String[] with(String[] command, String... more) {
    var all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).sorted().toList();
  }
}
