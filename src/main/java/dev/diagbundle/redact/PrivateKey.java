package dev.diagbundle.redact;

import module java.base;

/// Private keys as PEM (RFC 7468), whole: over many lines, even if each starts with a log
/// timestamp, or on one line with `\n` between its parts. A key without an end reaches as far as
/// lines look like one.
final class PrivateKey implements TextRule {
  private static final ByteSet LABEL = ByteSet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");
  private static final ByteSet LINE = ByteSet.allBut("\n");
  private static final ByteSet REST = ByteSet.BASE64.and("\\\r\n");
  private static final ByteSet EDGE = ByteSet.of("\r\n \t\"',\\");
  private static final int MAX_LABEL = 40;
  private static final int MIN_LINE = 16;

  /// The maximum number of consecutive lines of another writer between two lines of a key.
  private static final int MAX_OTHERS = 20;

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public List<String> literals() {
    return List.of("-----begin ");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int label = window.skip(end, LABEL, MAX_LABEL);
    if (!window.text(end, label).contains("PRIVATE KEY") || !window.has(label, "-----")) {
      return Optional.empty();
    }
    int from = label + 5;
    int to = from;
    int others = 0;
    while (others <= MAX_OTHERS) {
      int stop = window.skip(from, LINE);
      int marker = end(window, from, stop);
      if (marker > 0) {
        return Optional.of(new SecretMatch(start, marker, ByteSet.of("")));
      }
      if (isPart(window, from, stop)) {
        to = stop;
        others = 0;
      } else {
        others++;
      }
      if (window.get(stop) != '\n') {
        break;
      }
      from = stop + 1;
    }
    return Optional.of(new SecretMatch(start, to, REST));
  }

  /// The end of the line's end marker; 0 if it has none.
  private static int end(Window window, int from, int stop) {
    for (int i = from; i < stop; i++) {
      if (window.get(i) != '-' || !window.has(i, "-----end ")) {
        continue;
      }
      int label = window.skip(i + 9, LABEL, MAX_LABEL);
      if (window.has(label, "-----")) {
        return label + 5;
      }
    }
    return 0;
  }

  /// Returns whether the line ends in base64, or in escaped lines of it, or is a header of the key.
  private static boolean isPart(Window window, int from, int stop) {
    int to = window.skipBack(stop, EDGE, stop - from);
    int begin = window.skipBack(to, REST, to - from);
    if (to - begin >= MIN_LINE) {
      return true;
    }
    var line = window.text(Math.max(from, stop - 100), stop);
    return (to > begin && begin == window.skip(from, ByteSet.of(" \t")))
        || line.contains("Proc-Type:")
        || line.contains("DEK-Info:");
  }
}
