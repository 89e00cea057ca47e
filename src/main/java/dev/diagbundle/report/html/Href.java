package dev.diagbundle.report.html;

import module java.base;

import dev.diagbundle.model.EntryPath;
import java.util.regex.Pattern;

/// The target of a link in the page. There are only three kinds: an id that the generator numbered
/// itself (`#R2`), an entry of the bundle beside the page (`./nodes/rig-1/describe.txt`), each
/// segment percent-encoded, and a page of the Kubernetes documentation.
///
/// @param value the value of the attribute
public record Href(String value) {
  private static final String TEXT = "#:~:text=";
  private static final Pattern SAFE =
      Pattern.compile(
          "#[A-Za-z0-9._~%/-]+"
              + "|\\./[A-Za-z0-9._~%/-]*(?:"
              + TEXT
              + "[A-Za-z0-9%]+)?"
              + "|https://kubernetes\\.io/docs/[A-Za-z0-9._/-]*(?:#[A-Za-z0-9_-]+)?");

  /// The files that browsers show as text and search for words. Others are downloaded, or not
  /// searched.
  private static final Pattern SEARCHED = Pattern.compile("(?:.*\\.(?:txt|jsonl|prom)|[^.]*)");

  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  public Href {
    if (!SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException("link not allowed in the page");
    }
  }

  public static Href anchor(String id) {
    return new Href("#" + id);
  }

  public static Href entry(EntryPath path) {
    var href = new StringBuilder(path.value().length() + 16).append('.');
    for (String segment : path.segments()) {
      href.append('/');
      for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
        encode(b, isUnreserved(b), href);
      }
    }
    return new Href(href.toString());
  }

  /// An entry, opened at the words, if browsers support that for its name. The fragment is that of
  /// [URL fragment text directives](https://wicg.github.io/scroll-to-text-fragment/).
  ///
  /// @param words the words as they are in one line; may be empty
  public static Href entry(EntryPath path, String words) {
    var href = entry(path);
    if (words.isBlank() || !SEARCHED.matcher(path.fileName()).matches()) {
      return href;
    }
    var text = new StringBuilder(href.value).append(TEXT);
    for (byte b : words.strip().getBytes(StandardCharsets.UTF_8)) {
      // A dash, a comma and an ampersand are special characters there.
      encode(b, isAlphanumeric(b), text);
    }
    return new Href(text.toString());
  }

  /// A page of the documentation of Kubernetes; empty for every other address.
  public static Optional<Href> docs(String address) {
    return address.startsWith("https:") && SAFE.matcher(address).matches()
        ? Optional.of(new Href(address))
        : Optional.empty();
  }

  private static void encode(byte b, boolean plain, StringBuilder out) {
    if (plain) {
      out.append((char) b);
    } else {
      out.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
    }
  }

  private static boolean isUnreserved(int c) {
    return isAlphanumeric(c) || (c >= 0 && UNRESERVED.indexOf(c) >= 0);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
