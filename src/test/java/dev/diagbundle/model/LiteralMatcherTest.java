package dev.diagbundle.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Many literals found in one pass.
final class LiteralMatcherTest {
  @Test
  void automatonFindsWhatAPlainSearchFinds() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var groups = new ArrayList<List<String>>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        groups.add(List.of(word(random, 3), word(random, 4)));
      }
      var text = word(random, 40).toUpperCase(Locale.ROOT);
      var expected = new HashSet<String>();
      var lower = text.toLowerCase(Locale.ROOT);
      for (int group = 0; group < groups.size(); group++) {
        for (String literal : groups.get(group)) {
          for (int at = lower.indexOf(literal); at >= 0; at = lower.indexOf(literal, at + 1)) {
            expected.add(at + " " + literal.length() + " " + group);
          }
        }
      }
      assertEquals(expected, found(groups, text), groups + " in " + text);
    }
  }

  @Test
  void literalInCapitalsIsFoundInEitherCase() {
    assertEquals(Set.of("1 8 0", "9 8 0"), found(List.of(List.of("AKIA-Ä9")), "xAKIA-Ä9akia-Ä9"));
  }

  @Test
  void longestLiteralThatEndsHereComesFirst() {
    var literals = new LiteralMatcher(List.of(List.of("c"), List.of("bc", "abc")));
    int state = LiteralMatcher.START;
    for (byte b : new byte[] {'a', 'b', 'c'}) {
      state = literals.next(state, b);
    }
    assertEquals(
        List.of(
            new LiteralMatcher.Hit(3, 1),
            new LiteralMatcher.Hit(2, 1),
            new LiteralMatcher.Hit(1, 0)),
        literals.hits(state));
  }

  /// Where each literal begins, its length, and its group.
  private static Set<String> found(List<List<String>> groups, String text) {
    var literals = new LiteralMatcher(groups);
    var found = new HashSet<String>();
    var bytes = text.getBytes(UTF_8);
    int state = LiteralMatcher.START;
    for (int i = 0; i < bytes.length; i++) {
      state = literals.next(state, bytes[i]);
      if (state < 0) {
        for (LiteralMatcher.Hit hit : literals.hits(state)) {
          found.add(i + 1 - hit.length() + " " + hit.length() + " " + hit.group());
        }
      }
    }
    return found;
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abc".charAt(random.nextInt(3)));
    }
    return word.toString();
  }
}
