package dev.diagbundle.profile.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.Yaml;

class YamlTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anObjectIsWrittenInBlocksInItsOrder() throws IOException {
    assertEquals(
        """
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata:
          creationTimestamp: "2026-11-21T03:15:04Z"
          labels: {}
          name: rig-1
          ownerReferences:
          - kind: Node
            name: rig-1
          - {}
          finalizers: []
        spec:
          leaseDurationSeconds: 40
          ratio: 0.5
          held: true
          holder: null
          text: |-
            one
            two
        """,
        YamlText.of(
            JSON.readTree(
                """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{
                "creationTimestamp":"2026-11-21T03:15:04Z","labels":{},"name":"rig-1",
                "ownerReferences":[{"kind":"Node","name":"rig-1"},{}],"finalizers":[]},
                "spec":{"leaseDurationSeconds":40,"ratio":0.5,"held":true,"holder":null,
                "text":"one\\ntwo"}}
                """)));
  }

  @Test
  void aLongTextStaysOnItsLine() {
    var text = "word ".repeat(100) + "end";
    assertEquals("a: " + text + "\n", YamlText.of(object("a", text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a ",
        " a",
        "true",
        "Yes",
        "no",
        "on",
        "OFF",
        "y",
        "N",
        "null",
        "~",
        "Null",
        "1",
        "-1",
        "+1",
        "0x1F",
        "0o17",
        "017",
        "1_000",
        "1e3",
        "1.5e-3",
        ".5",
        ".inf",
        "-.INF",
        ".NaN",
        "190:20:30",
        "2026-11-21",
        "2026-11-21T03:15:04Z",
        "0b101",
        "=",
        "<<",
        "-",
        "- a",
        "?",
        "? a",
        ":",
        "a: b",
        "a:",
        "a #b",
        "#",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "'",
        "\"",
        "'a'",
        "[",
        "]",
        "{",
        "}",
        "[a]",
        "{a: b}",
        "a, b",
        "---",
        "...",
        "--- a",
        "a\nb",
        "a\n",
        "\na",
        " a\n b",
        "a\n\n",
        "a \nb",
        "a\tb",
        "\ta",
        "a\r\nb",
        "a\0b",
        "\u001b[31m",
        "a\u0085b",
        "a\u2028b",
        "\ufeffa",
        "\u202ea",
        "ü😀",
        "---\na: b",
        "a\n---\nb",
        "\\",
        "a\\nb",
        "a\u2028\nb",
        "a\n\u0085b",
        "a\n\u001bb",
        "a: b\nc",
        "# a\nb",
        "<<\n",
        "1\n"
      })
  void anyTextReadsBackAsItself(String text) throws IOException {
    for (JsonNode tree :
        new JsonNode[] {
          object("key", text),
          object(text, "value"),
          JsonNodeFactory.instance.objectNode().set("list", array(text)),
          array(text)
        }) {
      var yaml = YamlText.of(tree);
      var expected = JSON.treeToValue(tree, Object.class);
      assertEquals(tree, new ObjectMapper(new YAMLFactory()).readTree(yaml), yaml);
      assertEquals(expected, new Yaml().load(yaml), "YAML 1.1: " + yaml);
      // SnakeYAML Engine does not know the escape `L`, which YAML 1.2 has for U+2028.
      if (!text.contains("\u2028")) {
        assertEquals(
            expected,
            new Load(LoadSettings.builder().build()).loadFromString(yaml),
            "YAML 1.2: " + yaml);
      }
    }
  }

  @Test
  void controlCharactersNeverReachTheText() {
    var yaml = YamlText.of(object("a\u001b", "\u001b]0;x\u0007\u009b"));
    assertEquals(true, yaml.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), yaml);
  }

  private static JsonNode object(String key, String value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }

  private static JsonNode array(String value) {
    return JsonNodeFactory.instance.arrayNode().add(value);
  }
}
