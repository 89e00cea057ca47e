package dev.diagbundle.analyze.logs;

/// The prefix of log lines, apart from the time: the stream of a container (`stdout F`), the host
/// and the process of the journal (`rig-1 kubelet[812]:`).
final class LinePrefix {
  private static final int MAX_HOST = 100;

  private LinePrefix() {}

  /// The index at which the text begins.
  ///
  /// @param line the line without its time
  static int end(String line) {
    if (line.startsWith("stdout ") || line.startsWith("stderr ")) {
      boolean marked =
          line.length() > 8 && line.charAt(8) == ' ' && "FP".indexOf(line.charAt(7)) >= 0;
      return marked ? 9 : 7;
    }
    return journal(line);
  }

  /// The index at which the message begins, after a klog header or a time at the start of the text.
  static int message(String line) {
    int from = end(line);
    var text = line.substring(from);
    if (LineLevel.isKlog(text)) {
      // Level and date, time, thread.
      int at = text.indexOf(' ', 6);
      while (at >= 0 && at < text.length() && isBlankOrDigit(text.charAt(at))) {
        at++;
      }
      return at < 0 ? from : from + at;
    }
    if (text.startsWith("time=\"")) {
      int end = text.indexOf("\" ");
      return end < 0 ? from : from + end + 2;
    }
    return from;
  }

  private static int journal(String line) {
    int host = line.indexOf(' ');
    if (host <= 0 || host > MAX_HOST) {
      return 0;
    }
    int end = line.indexOf(": ", host);
    if (end < 0 || end > host + MAX_HOST || line.indexOf(' ', host + 1) != end + 1) {
      return 0;
    }
    boolean process = line.charAt(end - 1) == ']' && line.indexOf('[', host) > 0;
    return process || line.startsWith(" kernel:", host) ? end + 2 : 0;
  }

  private static boolean isBlankOrDigit(char c) {
    return c == ' ' || (c >= '0' && c <= '9');
  }
}
