package dev.diagbundle.report.findings;

import module java.base;

/// A line of evidence, with the words in it that the finding is about.
///
/// @param number the number of the line in its file; empty if it is unknown
record HighlightedLine(String number, String before, String match, String after) {
  /// The minimum length of a match: shorter words are not significant.
  private static final int MIN_LENGTH = 6;

  private static final Set<String> COMMON =
      Set.of(
          "warning",
          "normal",
          "message",
          "reason",
          "status",
          "default",
          "container",
          "kubelet",
          "runtime",
          "network",
          "cluster",
          "service");

  private record Word(int from, int to, String text) {}

  /// Marks the longest run of words that the line shares with any of the texts.
  static HighlightedLine of(String number, String line, List<String> texts) {
    var words = words(line);
    int bestFrom = 0;
    int bestTo = 0;
    for (String text : texts) {
      var wanted = words(text);
      for (int i = 0; i < words.size(); i++) {
        for (int j = 0; j < wanted.size(); j++) {
          int run = run(words, i, wanted, j);
          if (run == 0) {
            continue;
          }
          int from = words.get(i).from;
          int to = words.get(i + run - 1).to;
          boolean telling = run > 1 || !COMMON.contains(words.get(i).text);
          if (telling && to - from >= MIN_LENGTH && to - from > bestTo - bestFrom) {
            bestFrom = from;
            bestTo = to;
          }
        }
      }
    }
    return new HighlightedLine(
        number,
        line.substring(0, bestFrom),
        line.substring(bestFrom, bestTo),
        line.substring(bestTo));
  }

  private static int run(List<Word> line, int i, List<Word> wanted, int j) {
    int run = 0;
    while (i + run < line.size()
        && j + run < wanted.size()
        && line.get(i + run).text.equals(wanted.get(j + run).text)) {
      run++;
    }
    return run;
  }

  private static List<Word> words(String text) {
    var words = new ArrayList<Word>();
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
      if (inside && from < 0) {
        from = i;
      } else if (!inside && from >= 0) {
        words.add(new Word(from, i, text.substring(from, i).toLowerCase(Locale.ROOT)));
        from = -1;
      }
    }
    return words;
  }
}
