package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {
  @TempDir Path folder;

  @Test
  void anAliasBombIsRefusedBeforeItExpands() throws IOException {
    var yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertEquals(List.of("13:6: profile holds more than 20000 values"), quick(yaml.toString()));
  }

  @Test
  void anAliasToItselfIsUnknown() throws IOException {
    assertEquals(List.of("1:8: unknown YAML anchor 'a'"), quick("a: &a [*a]"));
  }

  @Test
  void anAliasIsReadAsWhatItStandsFor() throws IOException {
    assertEquals(
        List.of(),
        quick(
            """
            apiVersion: diagbundle.dev/v1
            kind: Profile
            name: x
            collect:
              - nodeLogs: { name: a, nodes: &linux { selector: os=linux }, services: [a] }
              - nodeLogs: { name: b, nodes: *linux, services: [b] }
            """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void deepNestingIsRefused(String opening) throws IOException {
    assertEquals(
        List.of("1:" + (24 * opening.length() + 1) + ": profile nests deeper than 24 levels"),
        quick(opening.repeat(200_000)));
  }

  @Test
  void manyKeysAreRefused() throws IOException {
    var yaml = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      yaml.append('k').append(i).append(": 1\n");
    }
    assertEquals(List.of("20000:9: profile holds more than 20000 values"), quick(yaml.toString()));
  }

  @Test
  void aHugeFileIsRefused() throws IOException {
    assertEquals(List.of("1:1: profile is larger than 1 MiB"), quick("#".repeat(3 << 20)));
  }

  @Test
  void anEndlessFileIsRefused() {
    assertEquals(
        List.of("/dev/zero:1:1: profile is larger than 1 MiB"),
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () ->
                ProfileValidator.validate(Path.of("/dev/zero")).stream()
                    .map(Problem::message)
                    .toList()));
  }

  @Test
  void aNulIsReportedWhereItStands() throws IOException {
    assertEquals(List.of("2:4: character U+0000 is not allowed in YAML"), quick("a: 1\nb: \0x\n"));
  }

  @Test
  void aTerminalEscapeNeverReachesTheMessage() throws IOException {
    assertEquals("1:1: unknown key 'redU+202E'", quick("\"\\e[31mred\\u202e\": 1").getFirst());
  }

  @Test
  void otherEncodingsAreReportedWhereTheyBegin() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a: ü\nb: ".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("ü\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(List.of("2:4: profile is not UTF-8 text"), quick(bytes.toByteArray()));
  }

  @Test
  void utf16IsNotUtf8() throws IOException {
    assertEquals(
        List.of("1:1: profile is not UTF-8 text"), quick("a: 1".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    assertEquals(
        List.of(),
        quick(
            "\ufeffapiVersion: diagbundle.dev/v1\r\nkind: Profile\r\nname: x\r\nextends: dns\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "null", "--- ~\n...\n"})
  void anEmptyFileIsSaidToBeEmpty(String yaml) throws IOException {
    assertEquals(List.of("1:1: profile is empty"), quick(yaml));
  }

  @Test
  void severalDocumentsAreRefused() throws IOException {
    assertEquals(List.of("2:1: profile has a second YAML document"), quick("a: 1\n---\nb: 1\n"));
  }

  @Test
  void aTabIsCalledATab() throws IOException {
    assertEquals(List.of("2:1: tab character, expected spaces"), quick("a:\n\tb: 1\n"));
  }

  @Test
  void brokenYamlIsOneMessage() throws IOException {
    assertEquals(
        List.of("1:5: not valid YAML: mapping values are not allowed here"), quick("a: b: c\n"));
  }

  @Test
  void tagsAreRefused() throws IOException {
    assertEquals(
        List.of("1:4: YAML tag '!!javax.script.ScriptEngineManager' is not supported"),
        quick("a: !!javax.script.ScriptEngineManager [x]\n").stream()
            .map(text -> text.replace("tag:yaml.org,2002:", "!!"))
            .toList());
  }

  @Test
  void aMapIsNoKey() throws IOException {
    assertEquals(List.of("1:3: expected a key, got a list or a map"), quick("? {a: 1}\n: x\n"));
  }

  @Test
  void aFolderIsNoProfile() {
    assertEquals(
        List.of("cannot read profile '" + folder + "': it is a folder"),
        ProfileValidator.validate(folder).stream().map(Problem::message).toList());
  }

  @Test
  void aMissingFileIsAProblem() {
    var file = folder.resolve("no.yaml");
    assertEquals(
        List.of(Problem.usage("cannot read profile '" + file + "': no such file")),
        ProfileValidator.validate(file));
  }

  @Test
  void noPrefixOfAProfileIsFatal() throws IOException {
    var whole = Files.readAllBytes(Path.of("profiles/windows-cni.yaml"));
    for (int length = 0; length < whole.length; length += 7) {
      quick(Arrays.copyOf(whole, length));
    }
  }

  private List<String> quick(String yaml) throws IOException {
    return quick(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> quick(byte[] yaml) throws IOException {
    var file = Files.write(folder.resolve("x.yaml"), yaml);
    return assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () ->
            ProfileValidator.validate(file).stream()
                .map(problem -> problem.message().replace(file + ":", ""))
                .toList());
  }
}
