package dev.diagbundle.analyze.logs;

import module java.base;

/// The level that a line of a log states: in the header of klog (`E1121 02:31:21`), in a field
/// (`level=error`, `"level":"error"`), as a word in brackets or capitals (`[ERROR]`, `ERROR`), or
/// in the third column of a table of Windows events.
enum LineLevel {
  /// An error, or worse.
  ERROR,
  /// A warning, or less.
  LOWER,
  /// The line states no level.
  UNSTATED;

  private static final int MAX_FIELD = 400;
  private static final int MAX_WORDS = 120;
  private static final List<String> FIELDS =
      List.of("level=", "lvl=", "severity=", "\"level\":", "\"severity\":", "\"lvl\":");

  /// @param text the text of the line, without the prefix of its log
  static LineLevel of(String text) {
    if (isKlog(text)) {
      return text.charAt(0) == 'E' || text.charAt(0) == 'F' ? ERROR : LOWER;
    }
    var head = text.length() > MAX_FIELD ? text.substring(0, MAX_FIELD) : text;
    for (String field : FIELDS) {
      int at = head.indexOf(field);
      if (at >= 0 && (at == 0 || " {,\t".indexOf(head.charAt(at - 1)) >= 0)) {
        var level = ofWord(value(head, at + field.length()));
        if (level != UNSTATED) {
          return level;
        }
      }
    }
    return ofWords(head.length() > MAX_WORDS ? head.substring(0, MAX_WORDS) : head);
  }

  /// Returns whether it begins with a level, a month and a day, and a time: see `k8s.io/klog/v2`.
  static boolean isKlog(String text) {
    if (text.length() < 14 || "IWEFD".indexOf(text.charAt(0)) < 0 || text.charAt(5) != ' ') {
      return false;
    }
    for (int i = 1; i < 5; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return isDigit(text.charAt(6)) && text.charAt(8) == ':';
  }

  private static String value(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '"')) {
      at++;
    }
    return text.substring(at, wordEnd(text, at));
  }

  /// The level by the first word that is written as a level: in capitals, in brackets, or in a
  /// table.
  private static LineLevel ofWords(String head) {
    boolean table = isDigit(head.isEmpty() ? 'x' : head.stripLeading().concat("x").charAt(0));
    int at = 0;
    while (at < head.length()) {
      int end = wordEnd(head, at);
      if (end == at) {
        at++;
        continue;
      }
      var word = head.substring(at, end);
      boolean bracketed =
          at > 0 && head.charAt(at - 1) == '[' && end < head.length() && head.charAt(end) == ']';
      boolean capitals = word.length() > 2 && word.equals(word.toUpperCase(Locale.ROOT));
      if (bracketed || capitals || (table && isTableLevel(word))) {
        var level = ofWord(word);
        if (level != UNSTATED) {
          return level;
        }
      }
      at = end;
    }
    return UNSTATED;
  }

  /// Returns whether it is a `LevelDisplayName` of Windows, in English: in other languages nothing
  /// is stated.
  private static boolean isTableLevel(String word) {
    return switch (word) {
      case "Error", "Critical", "Warning", "Information", "Verbose" -> true;
      default -> false;
    };
  }

  private static LineLevel ofWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "error",
          "err",
          "eror",
          "fatal",
          "crit",
          "critical",
          "panic",
          "dpanic",
          "alert",
          "emerg",
          "emergency",
          "severe" ->
          ERROR;
      case "info",
          "information",
          "informational",
          "warn",
          "warning",
          "debug",
          "trace",
          "notice",
          "verbose",
          "fine" ->
          LOWER;
      default -> UNSTATED;
    };
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
