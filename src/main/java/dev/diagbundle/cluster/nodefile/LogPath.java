package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Request;

/// A path below a node's log folder. A name on Linux is any bytes except a slash and NUL, not text,
/// so the path is kept in the encoding of requests, and decoded to text only for matching and
/// display.
///
/// @param encoded `/`-separated names, percent-encoded; a folder ends in a slash, and the log
///   folder itself is empty
public record LogPath(String encoded) {
  /// The log folder itself.
  public static final LogPath ROOT = new LogPath("");

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

  /// @throws IllegalArgumentException if a name is empty, `.`, `..` or not percent-encoded: such a
  ///   path would lead somewhere else
  public LogPath {
    var names = encoded.endsWith("/") ? encoded.substring(0, encoded.length() - 1) : encoded;
    if (!encoded.isEmpty()) {
      for (String name : names.split("/", -1)) {
        boolean plain = name.chars().allMatch(c -> c == '%' || PLAIN.indexOf(c) >= 0);
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !plain) {
          throw new IllegalArgumentException("not a path below a log folder: " + encoded);
        }
      }
    }
  }

  /// The path of names that are text, separated by slashes.
  public static LogPath of(String text) {
    var encoded = new StringBuilder();
    for (String name : text.split("/", -1)) {
      encoded.append(encoded.isEmpty() ? "" : "/");
      encoded.append(encode(name.getBytes(StandardCharsets.UTF_8)));
    }
    return new LogPath(encoded.toString());
  }

  /// One name, percent-encoded.
  static String encode(byte[] name) {
    var text = new StringBuilder();
    for (byte b : name) {
      if (b > 0 && PLAIN.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  /// The URL path through the API server's proxy to the node.
  public String url(String node) {
    return "/api/v1/nodes/" + Request.segment(node) + "/proxy/logs/" + encoded;
  }

  /// A path in this folder.
  ///
  /// @param name percent-encoded; a folder's ends in a slash
  LogPath child(String name) {
    return new LogPath(encoded + name);
  }

  public boolean isFolder() {
    return encoded.isEmpty() || encoded.endsWith("/");
  }

  /// This path as that of a folder.
  public LogPath asFolder() {
    return isFolder() ? this : new LogPath(encoded + "/");
  }

  /// The parent folder; that of the log folder is itself.
  public LogPath parent() {
    var bare = isFolder() ? encoded.substring(0, Math.max(0, encoded.length() - 1)) : encoded;
    return new LogPath(bare.substring(0, bare.lastIndexOf('/') + 1));
  }

  /// The last name as [#text], without a slash.
  public String name() {
    var text = text();
    var bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  /// The number of names.
  public int depth() {
    int slashes = (int) encoded.chars().filter(c -> c == '/').count();
    return isFolder() ? slashes : slashes + 1;
  }

  /// The names decoded, for matching and for local paths. A byte that is not UTF-8 becomes a lone
  /// surrogate from U+DC80 to U+DCFF, so that different names stay different.
  public String text() {
    return read(false);
  }

  /// The names for display, with a printable encoding of bytes that are not UTF-8: such a byte is
  /// spelled `%FF`, and so `%` itself is spelled `%25`.
  public String shown() {
    return read(true);
  }

  @Override
  public String toString() {
    return shown();
  }

  private String read(boolean forPeople) {
    var bytes = decode(encoded);
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var text = new StringBuilder();
    while (true) {
      var result = decoder.decode(in, out, true);
      var valid = out.flip().toString();
      text.append(forPeople ? valid.replace("%", "%25") : valid);
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = result.length(); i > 0; i--) {
        int odd = in.get() & 0xff;
        text.append(forPeople ? String.format(Locale.ROOT, "%%%02X", odd) : (char) (0xdc00 | odd));
      }
      decoder.reset();
    }
  }

  /// The bytes that a percent-encoded text represents. Malformed escapes represent themselves.
  static byte[] decode(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}
