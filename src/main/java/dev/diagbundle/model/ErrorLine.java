package dev.diagbundle.model;

import module java.base;

/// A detector of log lines that report an error: those with a word such as `error`, or of klog
/// level `E` or `F`. It is called for every line of every log that is too long, so it reads bytes
/// and uses no pattern.
public final class ErrorLine {
  private static final List<byte[]> WORDS =
      List.of(
          ascii("error"),
          ascii("exception"),
          ascii("err="),
          ascii("fatal"),
          ascii("fail"),
          ascii("failed"),
          ascii("failure"),
          ascii("failures"),
          ascii("panic"),
          ascii("critical"));

  /// The end of a class name, as in `NullPointerException: `.
  private static final byte[] EXCEPTION = ascii("exception:");

  /// A level, then a month and a day, then a time: `E0314 09:26:53.589793`. See `k8s.io/klog/v2`,
  /// function `formatHeader`.
  private static final String KLOG = "#### ##:";

  private ErrorLine() {}

  /// @param line whose first bytes, up to this length, are examined
  public static boolean is(byte[] line, int length) {
    for (int i = 0; i < length; i++) {
      byte b = line[i];
      if (mayBegin(b) && (isWord(line, i, length) || isKlog(line, i, length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayBegin(byte b) {
    return switch (b | 0x20) {
      case 'e', 'f', 'p', 'c' -> true;
      default -> false;
    };
  }

  private static boolean isWord(byte[] line, int at, int length) {
    if (isAt(EXCEPTION, line, at, length)) {
      return true;
    }
    if (at > 0 && isLetter(line[at - 1]) && !isColored(line, at)) {
      return false;
    }
    for (byte[] word : WORDS) {
      int end = at + word.length;
      if (isAt(word, line, at, length)
          && (word[word.length - 1] == '=' || end == length || !isLetter(line[end]))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a terminal color sequence precedes it directly: `ESC [ 1 ; 3 1 m`.
  private static boolean isColored(byte[] line, int at) {
    if (line[at - 1] != 'm') {
      return false;
    }
    int begin = at - 2;
    while (begin > 0 && (line[begin] == ';' || (line[begin] >= '0' && line[begin] <= '9'))) {
      begin--;
    }
    return begin > 0 && line[begin] == '[' && line[begin - 1] == 0x1b;
  }

  private static boolean isAt(byte[] word, byte[] line, int at, int length) {
    if (word.length > length - at) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte b = line[at + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKlog(byte[] line, int at, int length) {
    if ((line[at] != 'E' && line[at] != 'F') || length - at <= KLOG.length()) {
      return false;
    }
    if (at > 0 && " ]:".indexOf(line[at - 1]) < 0) {
      return false;
    }
    for (int i = 0; i < KLOG.length(); i++) {
      byte b = line[at + 1 + i];
      char wanted = KLOG.charAt(i);
      if (wanted == '#' ? b < '0' || b > '9' : b != wanted) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether it is a word character, as `\w` in patterns.
  private static boolean isLetter(byte b) {
    return b == '_' || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }
}
