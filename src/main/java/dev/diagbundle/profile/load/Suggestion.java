package dev.diagbundle.profile.load;

import module java.base;

import java.util.Collection;

/// A suggestion for a mistyped word.
public final class Suggestion {
  private static final int SHORTEST_PREFIX = 4;
  private static final int LONGEST_WORD = 64;

  private Suggestion() {}

  /// The candidate nearest to the word: at most one edit for three letters, letter case aside, or
  /// else one that starts with the word.
  public static Optional<String> forTypo(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    var typed = word.toLowerCase(Locale.ROOT);
    int allowed = Math.max(1, typed.length() / 3);
    var nearest =
        candidates.stream()
            .filter(candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT)) <= allowed)
            .min(
                Comparator.comparingInt(
                    candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT))));
    return nearest.or(() -> longer(typed, candidates));
  }

  /// The end of a message: `, did you mean 'services'?`, or nothing.
  public static String question(String word, Collection<String> candidates) {
    return forTypo(word, candidates)
        .map(candidate -> ", did you mean '" + candidate + "'?")
        .orElse("");
  }

  private static Optional<String> longer(String typed, Collection<String> candidates) {
    if (typed.length() < SHORTEST_PREFIX) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(typed))
        .findFirst();
  }

  /// The optimal string alignment distance: as Levenshtein's, but two swapped letters are one edit.
  private static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      edits[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j], edits[i][j - 1]) + 1;
        edits[i][j] = Math.min(best, edits[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }
}
