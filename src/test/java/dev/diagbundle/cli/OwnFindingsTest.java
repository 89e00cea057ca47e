package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.diagbundle.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Findings that profiles tune, from the demonstration cluster to the page.
final class OwnFindingsTest {
  private static final String RULES = "examples/profiles/payments-rules.yaml";
  private static final String HEAD = "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void rulesOfAProfileAreInTheBundleAndOnThePageAndHoldForOldBundlesToo() throws Exception {
    var file = folder.resolve("own.tar.gz").toString();
    var collected =
        Run.of(
            "collect",
            "-p",
            "support",
            "-p",
            RULES,
            "--skip-check",
            "clock-skew",
            "--demo",
            "-o",
            file);
    assertTrue(collected.err().contains("of 72 checks ran, 2 were ignored"), collected.err());

    var findings = json(Run.of("cat", file, "findings.json").out());
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("doc/findings.schema.json")));
    assertEquals(Set.of(), schema.validate(findings));
    var lost = finding(findings, "payments-db-lost");
    assertEquals("critical", lost.path("severity").asText());
    assertEquals("custom", lost.path("layer").asText());
    assertEquals(
        "Payments are refused until the database answers again.", lost.path("meaning").asText());
    var place = lost.path("evidence").path(0);
    assertEquals(
        "cluster-resources/pods/logs/shop/crash/app-previous.log", place.path("path").asText());
    assertTrue(place.path("from").asInt() > 0);
    assertTrue(place.path("lines").path(0).asText().endsWith("panic: cannot connect to db"));
    var single = finding(findings, "single-replica-api");
    assertEquals("Deployments of one pod only (1): shop/cart", single.path("title").asText());
    assertEquals(
        "cluster-resources/deployments/shop.json",
        single.path("evidence").path(0).path("path").asText());
    assertEquals(
        List.of("clock-skew", "pod-restarted-recently"),
        ignored(findings).stream().sorted().toList());

    var page = Run.of("cat", file, "index.html").out();
    assertTrue(page.contains("Pods without their database (1): shop/crash"));
    assertTrue(page.contains("Payments are refused until the database answers again."));
    assertTrue(page.contains("Ignored: "), "ignored checks are on the page");

    // What the bundle was collected with holds, and so it does for what is made anew.
    var text = Run.of("analyze", file).out();
    assertTrue(
        text.contains("CRITICAL  Pods without their database (1): shop/crash  [payments-db-lost]"),
        text);
    var markdown = Run.of("analyze", file, "--format", "markdown").out();
    assertTrue(markdown.contains("Means: Payments are refused until"), markdown);
    assertTrue(markdown.contains("<https://wiki.example.com/payments/database>"), markdown);
    assertTrue(text.contains("ignored clock-skew"), text);
    assertEquals(ExitCode.OK, Run.of("report", file, "--in-place").code());
    assertEquals(findings, json(Run.of("cat", file, "findings.json").out()));

    var without = Run.of("analyze", file, "--skip-check", "payments-db-lost");
    assertEquals(ExitCode.OK, without.code(), without.err());
    assertTrue(without.out().contains("ignored payments-db-lost"), without.out());
    var unknown = Run.of("analyze", file, "--skip-check", "payments-db-los");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(unknown.err().contains("did you mean 'payments-db-lost'?"), unknown.err());

    var plain = json(Run.of("analyze", file, "-p", "minimal", "--format", "json").out());
    assertTrue(finding(plain, "payments-db-lost").isMissingNode());
    assertEquals(0, plain.path("checks").path("ignored").asInt());
    assertFalse(finding(plain, "pod-restarted-recently").isMissingNode());
    var changed =
        Files.writeString(
            folder.resolve("t.yaml"),
            HEAD + "findings: { thresholds: { restartedWithin: 1s, oomKilledWithin: 1s } }\n");
    var tuned = json(Run.of("analyze", file, "-p", changed.toString(), "--format", "json").out());
    assertTrue(finding(tuned, "pod-restarted-recently").isMissingNode());
    assertFalse(finding(plain, "pod-oom-killed").isMissingNode());
    assertTrue(finding(tuned, "pod-oom-killed").isMissingNode());
    for (String form : List.of("markdown", "junit", "sarif")) {
      var out = Run.of("analyze", file, "--format", form);
      assertEquals(ExitCode.OK, out.code(), out.err());
      assertTrue(out.out().contains("single-replica-api"), form);
    }
  }

  @Test
  void wrongCallsSayWhatWasMeant() throws Exception {
    var unknown = Run.of("collect", "--demo", "--skip-check", "pod-crash-lop");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(
        unknown.err().contains("unknown check 'pod-crash-lop', did you mean 'pod-crash-loop'?"),
        unknown.err());
    var nothing = Run.of("collect", "--demo", "-p", RULES);
    assertEquals(ExitCode.USAGE, nothing.code());
    assertTrue(nothing.err().contains("'payments-rules' collects nothing"), nothing.err());
    var wrong =
        Files.writeString(folder.resolve("w.yaml"), HEAD + "findings: { ignore: [clock-skw] }\n");
    var valid = Run.of("validate", wrong.toString());
    assertEquals(ExitCode.USAGE, valid.code());
    assertTrue(
        valid.err().contains("w.yaml:4:22: unknown check 'clock-skw', did you mean 'clock-skew'?"),
        valid.err());
    var shown = Run.of("profiles", "show", "support", RULES);
    assertTrue(shown.out().contains("id: payments-db-lost"), shown.out());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static JsonNode finding(JsonNode findings, String id) {
    for (JsonNode root : findings.path("rootFindings")) {
      if (root.path("id").asText().equals(id)) {
        return root;
      }
    }
    return findings.path("none");
  }

  private static List<String> ignored(JsonNode findings) {
    var ids = new ArrayList<String>();
    for (JsonNode result : findings.path("results")) {
      if (result.path("result").asText().equals("ignored")) {
        ids.add(result.path("id").asText());
      }
    }
    return ids;
  }
}
