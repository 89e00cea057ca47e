package dev.diagbundle.analyze.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The one reading of all logs.
final class LogScannerTest {
  @Test
  void automatonFindsWhatAPlainSearchFinds() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var groups = new ArrayList<List<String>>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        groups.add(List.of(word(random, 3), word(random, 4)));
      }
      var literals = new LiteralScanner(groups);
      var text = word(random, 40).toUpperCase(Locale.ROOT);
      var expected = new BitSet();
      for (int i = 0; i < groups.size(); i++) {
        var lower = text.toLowerCase(Locale.ROOT);
        expected.set(i, groups.get(i).stream().anyMatch(lower::contains));
      }
      var found = new BitSet();
      int state = 0;
      for (int i = 0; i < text.length(); i++) {
        state = literals.step(state, (byte) text.charAt(i));
        literals.found(state, found);
      }
      assertEquals(expected, found, groups + " in " + text);
    }
  }

  @Test
  void visitorGetsTheLineWithItsNumberWhereverBuffersEnd() {
    var log = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      log.append(i % 5_000 == 0 ? "E1121 x509: bad\n" : "I1121 all is well, says " + i + "\n");
    }
    log.append("last x509: bad, and no line feed");
    assertEquals(
        List.of("5000 n1", "10000 n1", "15000 n1", "20000 n1", "20001 n1"),
        seen(log.toString(), "x509: (bad|worse)"));
  }

  @Test
  void lineThatHasTheLiteralOnlyIsNotShown() {
    assertEquals(List.of("2 n1"), seen("x509: fine\nX509: BAD\n", "(?i)x509: bad"));
  }

  @Test
  void lineOfManyMegabytesIsCut() {
    var line = "x".repeat(3_000_000);
    assertEquals(List.of("1 n1"), seen("x509: bad" + line + "\nok\n", "x509: bad"));
  }

  private static List<String> seen(String log, String pattern) {
    var seen = new ArrayList<String>();
    var check =
        new Check(
            "node-flapping", Layer.NODE, "Do.", "https://kubernetes.io/", CheckInput.REQUESTS);
    new ClusterBundle()
        .file("nodes/n1/services/kubelet.log", log)
        .file("nodes/n1/services/containerd.log", log)
        .findings(
            new Rule() {
              @Override
              public Check check() {
                return check;
              }

              @Override
              public RuleRun begin(Subscriptions interests) {
                interests.lines(
                    "nodes/*/services/kubelet.log",
                    List.of("x509:"),
                    pattern,
                    line -> seen.add(line.number() + " " + line.node()));
                return (facts, conclusion) -> {};
              }
            });
    return seen;
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abc".charAt(random.nextInt(3)));
    }
    return word.toString();
  }
}
