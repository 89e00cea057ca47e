package dev.diagbundle.findings.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.diagbundle.analyze.ClusterBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// `log-patterns.json`.
final class LogPatternsJsonTest {
  @Test
  void fileFollowsItsSchema() throws IOException {
    var mapper = new ObjectMapper();
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("doc/log-patterns.schema.json")));
    var tree = mapper.readTree(json(bundle()));

    assertEquals(Set.of(), schema.validate(tree));
    assertEquals(Set.of(), schema.validate(mapper.readTree(json(new ClusterBundle()))));
    var cluster = tree.path("clusters").path(0);
    assertEquals(3, cluster.path("errors").asInt());
    assertEquals("it failed #", cluster.path("patterns").path(0).path("pattern").asText());
    assertEquals("[[345,2]]", cluster.path("sources").path(0).path("bins").toString());
  }

  @Test
  void morePatternsThanThereIsRoomForAreCounted() throws IOException {
    var log = new StringBuilder();
    for (int i = 0; i < LogPatternsJson.MAX_PATTERNS + 7; i++) {
      log.append("it failed ")
          .append("x".repeat(1 + i % 40))
          .append("y".repeat(1 + i / 40))
          .append('\n');
    }
    var bundle = new ClusterBundle().file("nodes/n1/services/kubelet.log", log.toString());
    var cluster = new ObjectMapper().readTree(json(bundle)).path("clusters").path(0);

    assertEquals(LogPatternsJson.MAX_PATTERNS, cluster.path("patterns").size());
    assertEquals(7, cluster.path("otherPatterns").asInt());
  }

  @Test
  void textEndsWithTheMostFrequentErrors() throws IOException {
    var out = new ByteArrayOutputStream();
    new FindingsText().write(bundle().analyze(List.of()), "b", out);

    assertTrue(
        out.toString(UTF_8)
            .endsWith(
                """

                Most frequent errors in the logs
                  2 times  it failed #
                    Look at   nodes/n1/services/kubelet.log:1
                  1 times  no panic
                    Look at   nodes/n1/services/kubelet.log:3
                """),
        out.toString(UTF_8));
  }

  @Test
  void sameBundleGivesTheSameBytes() throws IOException {
    assertArrayEquals(json(bundle()), json(bundle()));
  }

  private static ClusterBundle bundle() {
    return new ClusterBundle()
        .file(
            "nodes/n1/services/kubelet.log",
            "2026-11-21T03:00:00Z it failed 7\n2026-11-21T03:00:01Z it failed 8\nno \u001b[31mpanic\n")
        .file("cluster-resources/pods/logs/a/b/c.log", "all is well\n");
  }

  private static byte[] json(ClusterBundle bundle) throws IOException {
    var out = new ByteArrayOutputStream();
    new LogPatternsJson().write(bundle.analyze(List.of()).patterns(), "b", out);
    return out.toByteArray();
  }
}
