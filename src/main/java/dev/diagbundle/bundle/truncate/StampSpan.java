package dev.diagbundle.bundle.truncate;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The stamps of the first and of the last line of a log that have one, as they are written there.
/// It looks at the beginnings of lines only. For one thread.
public final class StampSpan {
  private static final int MAX_PREFIX = 48;

  /// RFC 3339, the stamp of `journalctl -o short` and of syslog, that of klog.
  private static final Pattern STAMP =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?"
              + "|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?"
              + "|[IWEF]\\d{4} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?");

  private final byte[] prefix = new byte[MAX_PREFIX];
  private int length;
  private byte[] last = {};
  private String first = "";

  /// What was found.
  ///
  /// @param from of the first line; empty if no line has a stamp
  /// @param to of the last line
  public record Found(String from, String to) {
    public static final Found NONE = new Found("", "");
  }

  public void take(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < MAX_PREFIX) {
        prefix[length++] = bytes[i];
      }
    }
  }

  public Found found() {
    endLine();
    return first.isEmpty() ? Found.NONE : new Found(first, stamp(last));
  }

  private void endLine() {
    if (mayBeStamp()) {
      if (first.isEmpty()) {
        first = stamp(prefix);
      }
      last = prefix.clone();
    }
    length = 0;
  }

  /// Cheap, since it is asked of every line.
  private boolean mayBeStamp() {
    if (length < 14 || (prefix[0] != '2' && (prefix[0] < 'A' || prefix[0] > 'Z'))) {
      return false;
    }
    int colons = 0;
    for (int i = 8; i < Math.min(length, 20); i++) {
      colons += prefix[i] == ':' ? 1 : 0;
    }
    return colons >= 2;
  }

  private static String stamp(byte[] line) {
    var matcher = STAMP.matcher(new String(line, StandardCharsets.ISO_8859_1));
    return matcher.lookingAt() ? matcher.group() : "";
  }
}
