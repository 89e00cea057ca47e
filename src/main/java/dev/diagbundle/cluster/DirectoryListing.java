package dev.diagbundle.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The names in a folder, as Go's file server lists them in HTML: a link for each name, folders
/// with a slash at the end. Kubelets built with Go 1.23 and later put a doctype before it.
public final class DirectoryListing {
  /// A log folder with more names than this is not read to its end.
  private static final int MAX_NAMES = 20_000;

  private static final int MAX_BYTES = 2 << 20;

  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\">");

  private DirectoryListing() {}

  /// Whether a body with this content type and beginning is such a listing.
  public static boolean isListing(String contentType, String head) {
    var start = head.stripLeading();
    return contentType.startsWith("text/html")
        && (start.startsWith("<pre>") || start.startsWith("<!doctype html>"));
  }

  /// The names, decoded; folders end in `/`. A name may hold anything but a slash: it comes from
  /// the node.
  public static List<String> read(InputStream body) throws IOException {
    var names = new ArrayList<String>();
    var page = new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    var matcher = LINK.matcher(page);
    while (matcher.find() && names.size() < MAX_NAMES) {
      var name = decode(matcher.group(1));
      if (isName(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private static String decode(String href) {
    var unescaped =
        href.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    // Go puts "./" before a name whose first segment has a colon, so that it is not read as a
    // scheme.
    var relative = unescaped.startsWith("./") ? unescaped.substring(2) : unescaped;
    try {
      return URLDecoder.decode(relative.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isName(String name) {
    var bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    return !bare.isEmpty() && !bare.equals(".") && !bare.equals("..") && !bare.contains("/");
  }
}
