package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.Ticker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rules of users, pseudonyms, and bundles that are redacted once more.
final class RedactCommandTest {
  private static final String RULES =
      """
      apiVersion: diagbundle.dev/v1
      kind: Redactions
      off: [token]
      rules:
      - name: customer
        pattern: 'KD-([0-9]{8})'
      - name: project
        words: [bluebird, "Acme GmbH"]
      - name: order
        pattern: '[0-9]{4} of order'
        literal: ' of order'
      """;

  @TempDir private static Path shared = Path.of("");
  private static Path bundle = Path.of("");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void collect() {
    bundle = shared.resolve("demo.tar.gz");
    Run.of("collect", "-p", "ci-postmortem", "--demo", "-q", "-o", bundle.toString());
  }

  @Test
  void triedFileComesOutRedactedWithCountsBeside() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("app.log"),
            """
            token=abcdefghij0123456789 KD-12345678 password=hunter2-x
            BlueBird at acme gmbh; bluebirds 4711 of order
            """);
    var run = Run.of("redact", "--test", file.toString(), "--redaction-rules", rules(RULES));
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(
        """
        token=abcdefghij0123456789 KD-[redacted:customer] password=[redacted:password]
        [redacted:project] at [redacted:project]; bluebirds [redacted:order]
        """,
        run.out());
    assertEquals("Replaced: customer 1, order 1, password 1, project 2\n", run.err());
  }

  @Test
  void everyMistakeInTheRulesIsSaidWithItsPlace() throws Exception {
    var rules =
        rules(
            """
            apiVersion: diagbundle.dev/v1
            kind: Redactions
            off: [tokn]
            rules:
            - name: digits
              pattern: '[0-9]+'
            """);
    var run = Run.of("redact", "--test", "-", "--redaction-rules", rules);
    assertEquals(ExitCode.USAGE, run.code());
    var name = rules + ":";
    assertTrue(
        run.err().contains(name + "3:7: unknown rule 'tokn', did you mean 'token'?"), run.err());
    assertTrue(
        run.err().contains(name + "6:12: pattern '[0-9]+' does not begin with literal text"),
        run.err());
    var unknown = rules("apiVersion: diagbundle.dev/v1\nkind: Redactions\nof: [x]\n");
    assertTrue(
        Run.of("collect", "--demo", "--redaction-rules", unknown)
            .err()
            .contains(":3:1: unknown key 'of', did you mean 'off'?"));
  }

  @Test
  void collectAppliesTheRulesOfTheUser() throws Exception {
    var rules =
        rules(
            """
            apiVersion: diagbundle.dev/v1
            kind: Redactions
            rules:
            - name: workload
              words: [badimage]
            """);
    var file = folder.resolve("b.tar.gz");
    Run.of(
        "collect",
        "-p",
        "minimal",
        "--demo",
        "-q",
        "--redaction-rules",
        rules,
        "-o",
        file.toString());
    try (var reader = BundleReader.open(file)) {
      assertTrue(
          reader.manifest().entries().stream()
              .anyMatch(entry -> entry.redactions().containsKey("workload")));
    }
  }

  @Test
  void pseudonymsReplaceNodesAndAddressesEverywhereAndTheBundleStaysWhole() throws Exception {
    var other = folder.resolve("other.tar.gz");
    var run =
        Run.of(
            "redact",
            bundle.toString(),
            "--pseudonyms",
            "addresses,nodes,hosts,users",
            "-o",
            other.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(other + "\n", run.out());
    assertEquals(ExitCode.OK, Run.of("verify", other.toString()).code());
    try (var before = BundleReader.open(bundle);
        var after = BundleReader.open(other)) {
      assertEquals(before.manifest().entries().size(), after.manifest().entries().size());
      var nodes =
          before.manifest().items().stream()
              .map(Item::node)
              .filter(node -> !node.isEmpty())
              .collect(Collectors.toSet());
      assertTrue(nodes.contains("rig-1"), nodes.toString());
      for (Entry entry : after.files()) {
        try (var in = after.open(entry)) {
          var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          for (String node : nodes) {
            assertFalse(entry.path().value().contains(node), entry.path().value());
            var words = text.split("\\b" + node + "\\b", 2);
            assertEquals(1, words.length, () -> node + " in " + entry.path());
          }
        }
      }
      assertTrue(
          after.manifest().items().stream().anyMatch(item -> item.node().startsWith("node-")));
    }
    var ls = Run.of("ls", other.toString());
    assertTrue(ls.out().contains("nodes/node-"), ls.out());
  }

  @Test
  void redactingOnceMoreChangesNothing() throws Exception {
    var other = folder.resolve("again.tar.gz");
    assertEquals(
        ExitCode.OK, Run.of("redact", bundle.toString(), "-q", "-o", other.toString()).code());
    try (var before = BundleReader.open(bundle);
        var after = BundleReader.open(other)) {
      var first = before.manifest().entries().stream().collect(sums());
      var second = after.manifest().entries().stream().collect(sums());
      first.forEach((path, sum) -> assertEquals(sum, second.get(path), path));
      assertEquals(first.size(), second.size());
      assertEquals(before.manifest().items(), after.manifest().items());
    }
  }

  @Test
  void sourceIsNeverOverwritten() throws Exception {
    var before = Files.readAllBytes(bundle);
    var run = Run.of("redact", bundle.toString(), "-o", bundle.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals(before.length, Files.size(bundle));
  }

  @Test
  void secretsStayOnlyIfThatIsConfirmed() throws Exception {
    var file = folder.resolve("open.tar.gz");
    var refused =
        Run.of("collect", "-p", "minimal", "--demo", "--no-redact", "-o", file.toString());
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(refused.err().contains("confirm with --yes"), refused.err());
    assertFalse(Files.exists(file));
    assertEquals(ExitCode.USAGE, answering("no\n", file));
    assertFalse(Files.exists(file));
    assertTrue(answering("yes\n", file) != ExitCode.USAGE);
    try (var reader = BundleReader.open(file)) {
      assertTrue(
          reader.manifest().entries().stream().allMatch(entry -> entry.redactions().isEmpty()));
    }
    var open = folder.resolve("yes.tar.gz");
    Run.of("collect", "-p", "minimal", "--demo", "--no-redact", "--yes", "-o", open.toString());
    assertTrue(Files.exists(open));
  }

  private static int answering(String answer, Path file) {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var session =
        new Session(
            new Terminal(nowhere, nowhere, true, false),
            Map.of(),
            Clock.systemUTC(),
            Ticker.SYSTEM,
            Signals.NONE,
            new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
    return Main.run(
        session, "collect", "-p", "minimal", "--demo", "--no-redact", "-o", file.toString());
  }

  private static java.util.stream.Collector<Entry, ?, Map<String, String>> sums() {
    return Collectors.toMap(entry -> entry.path().value(), Entry::sha256);
  }

  private String rules(String text) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "rules", ".yaml"), text).toString();
  }
}
