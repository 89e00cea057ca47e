package dev.diagbundle.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// How many of the planted secrets the standard rules find, and how often they see one where there
/// is none.
final class CorpusTest {
  /// Logs of services and files, and metrics, as a real cluster wrote them.
  private static final Pattern LOGS =
      Pattern.compile("(journal/|files/(?!wtmp)).*(?<!gz)$|\\.prom$");

  private static final Redaction STANDARD = Redaction.standard();

  /// Of one rule.
  private static final class Score {
    int planted;
    int found;
    int exact;
  }

  @Test
  void everyPlantedSecretGoesAndEverythingElseStays() throws IOException {
    var scores = new TreeMap<String, Score>();
    var wrong = new ArrayList<String>();
    for (PlantedText planted : PlantedText.all()) {
      var score = scores.computeIfAbsent(planted.rule(), any -> new Score());
      var lines = planted.text();
      var out = STANDARD.text(lines);
      for (String secret : planted.secrets()) {
        score.planted++;
        score.found += out.contains(secret) ? 0 : 1;
      }
      if (out.equals(planted.expected())) {
        score.exact += planted.secrets().size();
      } else {
        var expected = planted.expected().split("\n", -1);
        var actual = out.split("\n", -1);
        for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
          if (!expected[i].equals(actual[i])) {
            wrong.add(planted.rule() + "\n  want " + expected[i] + "\n  have " + actual[i]);
          }
        }
      }
    }
    scores.forEach((rule, score) ->
        System.out.printf(
            "%-16s planted %3d, found %3d, in a text without a wrong byte %3d%n",
            rule, score.planted, score.found, score.exact));
    assertEquals("", String.join("\n", wrong));
    assertTrue(scores.values().stream().mapToInt(score -> score.planted).sum() >= 200);
  }

  @Test
  void ordinaryLogsStayAsTheyAre() throws IOException {
    var lines = new ArrayList<String>();
    try (var in = CorpusTest.class.getResourceAsStream("/redact/ordinary.txt");
        var nodes = Files.walk(Path.of("examples/demo-cluster/nodes"))) {
      lines.addAll(List.of(new String(in.readAllBytes(), ISO_8859_1).split("\n", -1)));
      var logs =
          nodes
              .filter(path -> Files.isRegularFile(path) && LOGS.matcher(path.toString()).find())
              .sorted()
              .toList();
      for (Path log : logs) {
        lines.addAll(Files.readAllLines(log, ISO_8859_1));
      }
    }
    var hits = new ArrayList<String>();
    for (String line : lines) {
      var out = new String(redacted(line), ISO_8859_1);
      if (!out.equals(line)) {
        hits.add(line + "\n  became " + out);
      }
    }
    System.out.println(lines.size() + " ordinary lines, " + hits.size() + " false hits");
    assertTrue(lines.size() >= 2_000, () -> lines.size() + " lines");
    assertEquals("", String.join("\n", hits));
  }

  private static byte[] redacted(String line) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = STANDARD.over(bytes);
    out.write(line.getBytes(ISO_8859_1));
    out.finish();
    return bytes.toByteArray();
  }
}
