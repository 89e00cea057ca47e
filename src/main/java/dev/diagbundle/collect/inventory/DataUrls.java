package dev.diagbundle.collect.inventory;

import module java.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `data:` URLs (RFC 2397) within the texts of API objects, such as the files of an Ignition
/// configuration. Encoded content would hide its secrets from the redaction rules.
final class DataUrls {
  /// Maximum size of decoded content; larger content is left out.
  private static final int MAX_BYTES = 1 << 20;

  private static final Pattern URL =
      Pattern.compile(
          "\\bdata:([\\w.+-]+/[\\w.+-]+)?((?:;[\\w.+-]+(?:=[^;,\\s]{1,100})?)*),([^\\s\"'<>\\\\]*)",
          Pattern.CASE_INSENSITIVE);

  private DataUrls() {}

  /// Returns whether the text may contain one: a quick test.
  static boolean mayBeIn(String text) {
    return text.contains("data:") || text.regionMatches(true, 0, "data:", 0, 5);
  }

  /// The text with the content of each URL readable: decoded if the text is one URL and its content
  /// is text, else replaced by its size. An image of a page is not worth its bytes in a bundle.
  static String readable(String text) {
    var urls = URL.matcher(text);
    var whole = text.strip();
    var out = new StringBuilder();
    while (urls.find()) {
      boolean alone = urls.end() - urls.start() == whole.length();
      var content = content(urls);
      var shown =
          alone && content.isPresent()
              ? "data:," + content.get()
              : isPlain(urls) ? urls.group() : "data:,(" + size(urls) + " bytes, not collected)";
      urls.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    return urls.appendTail(out).toString();
  }

  /// Returns whether nothing of the content is encoded, so that the rules see it as it is.
  private static boolean isPlain(Matcher url) {
    return !isBase64(url) && url.group(3).indexOf('%') < 0;
  }

  private static boolean isBase64(Matcher url) {
    return url.group(2).toLowerCase(Locale.ROOT).endsWith(";base64");
  }

  private static int size(Matcher url) {
    return url.group(3).length();
  }

  /// The content, if it is a text of limited size.
  private static Optional<String> content(Matcher url) {
    try {
      var decoded = percentDecoded(url.group(3));
      var bytes =
          isBase64(url)
              ? Base64.getMimeDecoder().decode(new String(decoded, StandardCharsets.ISO_8859_1))
              : decoded;
      return text(isGzip(bytes) ? unpacked(bytes) : bytes);
    } catch (IllegalArgumentException | IOException _) {
      return Optional.empty();
    }
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private static Optional<String> text(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean binary = text.chars().anyMatch(c -> c < ' ' && "\t\n\r\f\u001b".indexOf(c) < 0);
      return binary ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// The bytes of percent-encoded text (RFC 3986 section 2.1). A `%` without two digits stays.
  private static byte[] percentDecoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean encoded =
          c == '%'
              && i + 2 < text.length()
              && HexFormat.isHexDigit(text.charAt(i + 1))
              && HexFormat.isHexDigit(text.charAt(i + 2));
      if (encoded) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
