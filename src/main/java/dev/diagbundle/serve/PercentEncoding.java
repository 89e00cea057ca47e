package dev.diagbundle.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The `%XX` form of URL parts. A sequence that is not well formed is kept as it is.
final class PercentEncoding {
  private static final String PATH_SAFE = "-_.~$&+,/:;=@";

  private PercentEncoding() {}

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var raw = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// Encodes a path as Go's `url.URL` does.
  static String encodePath(String path) {
    var text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PATH_SAFE.indexOf(c) >= 0)) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return text.toString();
  }
}
