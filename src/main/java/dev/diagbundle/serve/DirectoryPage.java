package dev.diagbundle.serve;

import dev.diagbundle.serve.http.PercentEncoding;
import java.util.Collection;

/// A directory listing as written by the kubelet and rewritten by the API server's proxy.
final class DirectoryPage {
  private static final String DOCUMENT_TYPE =
      "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n";

  private DirectoryPage() {}

  /// @param names in their order; folders end in a slash
  /// @param plain the form before Go 1.23
  static String html(Collection<String> names, boolean plain) {
    var html = new StringBuilder(plain ? "" : DOCUMENT_TYPE).append("<pre>\n");
    for (String name : names) {
      html.append("<a href=\"")
          .append(escape(reference(name)))
          .append("\">")
          .append(escape(name))
          .append("</a>\n");
    }
    return html.append("</pre>\n").toString();
  }

  private static String reference(String name) {
    // Without the dot, `a:b.log` would be read as a URL of the scheme `a`.
    return (name.contains(":") ? "./" : "") + PercentEncoding.encodePath(name);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
