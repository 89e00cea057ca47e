package dev.diagbundle.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How many of the planted secrets the standard rules find, and how often they see one where there
/// is none.
final class CorpusTest {
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
        System.out.printf("%-16s planted %3d found %3d%n", rule, score.planted, score.found));
    assertEquals("", String.join("\n", wrong));
    assertTrue(scores.values().stream().mapToInt(score -> score.planted).sum() >= 200);
  }
}
