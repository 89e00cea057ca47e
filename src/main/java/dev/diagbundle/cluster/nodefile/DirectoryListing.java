package dev.diagbundle.cluster.nodefile;

import module java.base;

import java.util.regex.Pattern;

/// The result of reading a directory listing of Go's file server, which is HTML: a link for each
/// name, folders with a slash at the end. Kubelets built with Go 1.23 and later put a doctype
/// before it. It is read as a stream: only one name at a time is in memory.
///
/// @param names number of names read
/// @param odd number of links that were no file names
/// @param missing the reason for missing names, if any are missing
public record DirectoryListing(int names, int odd, Optional<String> missing) {
  /// Maximum names read of one folder.
  static final int MAX_NAMES = 200_000;

  /// Maximum size of a link: 255 bytes, each percent-encoded, with room for the additions of HTML.
  private static final int MAX_LINK_BYTES = 4096;

  /// Maximum size of the head: two of Go's lines, or a meta tag that a later Go may write longer.
  private static final int MAX_HEAD_BYTES = 512;

  private static final byte[] LINK = "<a href=\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "</pre>".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern HEAD =
      Pattern.compile("\\s*(?:<!doctype html>\\s*(?:<meta [^>]*>\\s*)*)?<pre>.*", Pattern.DOTALL);
  private static final Pattern ENTITY = Pattern.compile("&(#x?)?([0-9A-Za-z]{1,8});");

  /// Returns whether a body with this content type and beginning is such a listing.
  public static boolean isListing(String contentType, String head) {
    var start = head.stripLeading();
    return contentType.startsWith("text/html")
        && (start.startsWith("<pre>") || start.startsWith("<!doctype html>"));
  }

  /// Returns whether the body begins as a listing does, unlike other HTML pages. The position of
  /// the stream is unchanged.
  static boolean beginsIn(BufferedInputStream body) throws IOException {
    body.mark(MAX_HEAD_BYTES);
    var head = new String(body.readNBytes(MAX_HEAD_BYTES), StandardCharsets.ISO_8859_1);
    body.reset();
    return HEAD.matcher(head).matches();
  }

  /// Reads the names.
  ///
  /// @param to receives each name, percent-encoded; folders end in `/`
  /// @throws IOException if the body breaks off
  static DirectoryListing read(InputStream body, Consumer<String> to) throws IOException {
    int names = 0;
    int odd = 0;
    int inLink = 0;
    int inEnd = 0;
    for (int next = body.read(); next >= 0; next = body.read()) {
      inLink = next == LINK[inLink] ? inLink + 1 : next == '<' ? 1 : 0;
      inEnd = next == END[inEnd] ? inEnd + 1 : next == '<' ? 1 : 0;
      if (inEnd == END.length) {
        return new DirectoryListing(names, odd, Optional.empty());
      }
      if (inLink < LINK.length) {
        continue;
      }
      inLink = 0;
      if (names == MAX_NAMES) {
        return new DirectoryListing(
            names, odd, Optional.of("only the first " + MAX_NAMES + " names were read"));
      }
      var name = link(body).flatMap(DirectoryListing::name);
      if (name.isPresent()) {
        names++;
        to.accept(name.get());
      } else {
        odd++;
      }
    }
    return new DirectoryListing(names, odd, Optional.of("its list of names is incomplete"));
  }

  /// The text of a link up to its quote; empty if it is too long for any name.
  private static Optional<String> link(InputStream body) throws IOException {
    var text = new ByteArrayOutputStream();
    for (int next = body.read(); next >= 0 && next != '"'; next = body.read()) {
      if (text.size() <= MAX_LINK_BYTES) {
        text.write(next);
      }
    }
    return text.size() > MAX_LINK_BYTES
        ? Optional.empty()
        : Optional.of(text.toString(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> name(String href) {
    var unescaped = unescape(href);
    // Go puts "./" before a name whose first segment has a colon, so that it is not read as a
    // scheme.
    var relative = unescaped.startsWith("./") ? unescaped.substring(2) : unescaped;
    boolean folder = relative.endsWith("/");
    var bytes = LogPath.decode(folder ? relative.substring(0, relative.length() - 1) : relative);
    for (byte b : bytes) {
      if (b == '/' || b == 0) {
        return Optional.empty();
      }
    }
    var name = LogPath.encode(bytes);
    return name.isEmpty() || name.equals(".") || name.equals("..")
        ? Optional.empty()
        : Optional.of(folder ? name + "/" : name);
  }

  /// The text with the escapes of HTML decoded: those of Go, and numbers. One character represents
  /// one byte.
  private static String unescape(String html) {
    return ENTITY
        .matcher(html)
        .replaceAll(match -> {
          var sign = match.group(1) == null ? "" : match.group(1);
          var bytes = codePoint(sign, match.group(2)).getBytes(StandardCharsets.UTF_8);
          var text = new String(bytes, StandardCharsets.ISO_8859_1);
          return java.util.regex.Matcher.quoteReplacement(text.isEmpty() ? match.group() : text);
        });
  }

  private static String codePoint(String sign, String value) {
    if (sign.isEmpty()) {
      return switch (value) {
        case "amp" -> "&";
        case "lt" -> "<";
        case "gt" -> ">";
        case "quot" -> "\"";
        case "apos" -> "'";
        default -> "";
      };
    }
    try {
      int point = Integer.parseInt(value, sign.equals("#") ? 10 : 16);
      return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
