package dev.diagbundle.report;

import dev.diagbundle.model.EntryPath;
import java.nio.charset.StandardCharsets;

/// The target of a link in the page. There are two kinds, and nothing else can be made: an id that
/// the generator numbered itself (`#R2`), and an entry of the bundle beside the page
/// (`./nodes/rig-1/describe.txt`), each segment percent-encoded.
///
/// @param value as it stands in the attribute
record Href(String value) {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  Href {
    boolean anchor = value.startsWith("#") && value.length() > 1;
    if (!anchor && !value.startsWith("./")) {
      throw new IllegalArgumentException("link leads neither into the page nor the bundle");
    }
    if (!value.chars().skip(1).allMatch(c -> isUnreserved(c) || c == '/' || c == '%')) {
      throw new IllegalArgumentException("link has characters that are not encoded");
    }
  }

  static Href anchor(String id) {
    return new Href("#" + id);
  }

  static Href entry(EntryPath path) {
    var href = new StringBuilder(path.value().length() + 16).append('.');
    for (String segment : path.segments()) {
      href.append('/');
      for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
        if (isUnreserved(b)) {
          href.append((char) b);
        } else {
          href.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
      }
    }
    return new Href(href.toString());
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c >= 0 && UNRESERVED.indexOf(c) >= 0);
  }
}
