package dev.diagbundle.bundle.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestJsonTest {
  private static final Manifest MANIFEST =
      new Manifest(
          SampleRun.run(),
          SampleRun.items(),
          List.of(entry("nodes/rig-1/describe.txt"), entry("nodes/käse 🧀/it's.log")));

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertEquals(MANIFEST, read(json(MANIFEST)));
  }

  @Test
  void jsonObeysTheSchema() throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("doc/manifest.schema.json")));
    var mapper = new ObjectMapper();
    assertEquals(Set.of(), schema.validate(mapper.readTree(json(MANIFEST))));
    var empty = new Manifest(SampleRun.run(), List.of(), List.of());
    assertEquals(Set.of(), schema.validate(mapper.readTree(json(empty))));
    var wrong = json(MANIFEST).replace("\"truncated\"", "\"tired\"");
    assertEquals(1, schema.validate(mapper.readTree(wrong)).size());
  }

  @Test
  void severalClustersAreReadBackAndObeyTheSchema() throws IOException {
    var several = several();
    var json = json(several);
    assertEquals(several, read(json));
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("doc/manifest.schema.json")));
    assertEquals(Set.of(), schema.validate(new ObjectMapper().readTree(json)));
    assertEquals(
        List.of("clusters/prod-eu/", "clusters/prod-us/"),
        read(json).run().clusters().stream().map(part -> part.place().prefix()).toList());
  }

  @Test
  void oneClusterIsWrittenAsEverAndIsTheOnlyOfTheClusters() throws IOException {
    var json = json(MANIFEST);
    assertFalse(json.contains("\"clusters\""), json);
    var clusters = read(json).run().clusters();
    assertEquals(List.of(""), clusters.stream().map(part -> part.place().prefix()).toList());
    assertEquals(MANIFEST.run().cluster(), clusters.getFirst().identity());
    assertEquals(MANIFEST.run().window(), clusters.getFirst().window());
  }

  @Test
  void folderOfAClusterThatLeadsElsewhereIsRefused() throws IOException {
    for (String folder : List.of("..", "a/b", "", "a\\\\b")) {
      var json =
          json(several()).replace("\"folder\": \"prod-us\"", "\"folder\": \"" + folder + "\"");
      assertThrows(IOException.class, () -> read(json), folder);
    }
  }

  private static Manifest several() {
    var run = SampleRun.run();
    var eu = new ClusterPlace("prod-eu");
    var us = new ClusterPlace("prod-us");
    var nobody = new Manifest.ClusterIdentity("us", "prod-us", "https://192.0.2.2", "", "admin");
    return new Manifest(
        new Manifest.Run(
            run.toolVersion(),
            run.profile(),
            run.command(),
            run.cluster(),
            run.window(),
            run.started(),
            run.finished(),
            run.clockSkew(),
            run.interrupted(),
            run.rootFolder(),
            List.of(
                new Manifest.Part(
                    eu, run.cluster(), run.window(), run.started(), run.clockSkew(), ""),
                new Manifest.Part(
                    us, nobody, run.window(), run.started(), Duration.ZERO, "it does not answer"))),
        List.of(
            new Item(
                eu.item("events/events"),
                ItemKind.EVENTS,
                "",
                "events",
                new Outcome.Collected(),
                1,
                Duration.ZERO,
                "prod-eu")),
        List.of(entry("clusters/prod-eu/nodes/rig-1/describe.txt")));
  }

  @Test
  void everyRecordHasALineOfItsOwn() throws IOException {
    var lines = json(MANIFEST).lines().toList();
    assertEquals("{", lines.getFirst());
    assertEquals("  \"format\": \"diagbundle.dev/v1\",", lines.get(1));
    assertEquals(
        "    {\"path\": \"nodes/rig-1/describe.txt\", \"bytes\": 5, \"sha256\": \""
            + "0".repeat(64)
            + "\", \"offset\": 77, \"compressedBytes\": 31, \"lines\": 1,"
            + " \"modified\": \"2026-03-01T11:59:58Z\", \"item\": \"events\"},",
        lines.get(11));
    assertEquals("}", lines.getLast());
    assertEquals(15, lines.size());
  }

  @Test
  void lengthOfAnEntryIsThatOfItsLine() throws IOException {
    long empty = json(new Manifest(SampleRun.run(), List.of(), List.of())).getBytes(UTF_8).length;
    long both =
        json(new Manifest(SampleRun.run(), List.of(), MANIFEST.entries())).getBytes(UTF_8).length;
    long lengths = MANIFEST.entries().stream().mapToLong(ManifestJson::lengthOf).sum();
    // The list's own line break and indentation come once.
    assertEquals(both - empty - 2, lengths);
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMark() throws IOException {
    var item =
        new Item(
            "a",
            ItemKind.RUN,
            "c\ud800",
            "d",
            new Outcome.Failed(Reason.INTERNAL, "\udc00!"),
            1,
            Duration.ZERO);
    var read = read(json(new Manifest(SampleRun.run(), List.of(item), List.of())));
    assertEquals(
        List.of(
            new Item(
                "a",
                ItemKind.RUN,
                "c?",
                "d",
                new Outcome.Failed(Reason.INTERNAL, "?!"),
                1,
                Duration.ZERO)),
        read.items());
  }

  @Test
  void unknownFieldsAreSkipped() throws IOException {
    var newer =
        json(MANIFEST)
            .replace("\"run\":", "\"future\": {\"a\": [1, {}]}, \"run\":")
            .replace("{\"path\":", "{\"future\": {\"token\": 3}, \"path\":");
    assertEquals(MANIFEST, read(newer));
  }

  @Test
  void redactionsAreCountedByRule() throws IOException {
    var redacted =
        new Entry(
            new EntryPath("a.log"),
            5,
            "0".repeat(64),
            77,
            31,
            1,
            SampleRun.MODIFIED,
            "events",
            Map.of("token", 3L, "jwt", 1L));
    var json = json(new Manifest(SampleRun.run(), List.of(), List.of(redacted)));
    assertTrue(json.contains("\"redactions\": {\"jwt\": 1, \"token\": 3}"), json);
    assertEquals(List.of(redacted), read(json).entries());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "diagbundle.dev/v1 | diagbundle.dev/v2 | the format is diagbundle.dev/v2, not diagbundle.dev/v1",
        "nodes/rig-1/describe.txt | ../../etc/passwd | entry path has an unsafe segment: ../../etc/passwd",
        "\"bytes\": 5 | \"bytes\": 5.5 | bytes is no whole number",
        "\"bytes\": 5 | \"bytes\": 99999999999999999999 | bytes is no whole number",
        "\"partial\" | \"parted\" | an outcome is parted",
        "\"entries\": | \"others\": | run, items or entries are missing",
      })
  void aManifestThatIsNotOneIsRefused(String part, String replacement, String message)
      throws IOException {
    var json = json(MANIFEST).replace(part, replacement);
    var e = assertThrows(IOException.class, () -> read(json));
    assertEquals("manifest.json: " + message, e.getMessage());
  }

  @Test
  void aManifestThatBreaksOffIsRefused() throws IOException {
    var json = json(MANIFEST);
    for (int end = 0; end < json.length() - 2; end += 7) {
      var part = json.substring(0, end);
      assertThrows(IOException.class, () -> read(part), part);
    }
  }

  private static Entry entry(String path) {
    return new Entry(
        new EntryPath(path), 5, "0".repeat(64), 77, 31, 1, SampleRun.MODIFIED, "events");
  }

  private static String json(Manifest manifest) throws IOException {
    var out = new ByteArrayOutputStream();
    ManifestJson.write(manifest, out);
    return out.toString(UTF_8);
  }

  private static Manifest read(String json) throws IOException {
    return ManifestJson.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }
}
