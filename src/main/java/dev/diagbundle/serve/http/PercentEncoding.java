package dev.diagbundle.serve.http;

import module java.base;

/// The percent-encoding of URL parts. A sequence that is not well formed is kept as it is. A byte
/// that is not valid UTF-8 becomes a lone surrogate from U+DC80 to U+DCFF, so that names of files
/// can be any bytes.
public final class PercentEncoding {
  private static final String PATH_SAFE = "-_.~$&+,/:;=@";

  private PercentEncoding() {}

  public static String decode(String text) {
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
    return text(bytes.toByteArray());
  }

  private static String text(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var text = new StringBuilder();
    while (true) {
      var result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = result.length(); i > 0; i--) {
        text.append((char) (0xdc00 | (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  private static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(point ->
            bytes.writeBytes(
                point >= 0xdc80 && point <= 0xdcff
                    ? new byte[] {(byte) point}
                    : Character.toString(point).getBytes(StandardCharsets.UTF_8)));
    return bytes.toByteArray();
  }

  /// Encodes a path as Go's `url.URL` does.
  public static String encodePath(String path) {
    var text = new StringBuilder();
    for (byte b : bytes(path)) {
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
