package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.serve.http.ByteRange;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.PercentEncoding;

/// The handler of plain `/logs/<path>`, equivalent to Go's file server: files with ranges, folders
/// as listings.
final class LogFiles {
  private static final String NOT_FOUND = "404 page not found";
  private static final String HTML = "text/html; charset=utf-8";
  private static final int SNIFFED_BYTES = 512;
  private static final int BLOCK_BYTES = 64 << 10;
  private static final Map<String, String> LINUX_TYPES =
      Map.of(
          "log", "text/x-log; charset=utf-8",
          "txt", "text/plain; charset=utf-8",
          "json", "application/json",
          "html", HTML,
          "xz", "application/x-xz",
          "gz", "application/gzip");

  private final DataFolder data;

  LogFiles(DataFolder data) {
    this.data = data;
  }

  /// Answers a file, a listing, a redirect or an error.
  ///
  /// @param path below the log folder, decoded
  void serve(Exchange exchange, NodeData node, String path) throws IOException {
    var resolved = node.resolve(path);
    if (resolved.isEmpty()) {
      exchange.sendError(500, "500 Internal Server Error");
      return;
    }
    serveResolved(exchange, node, resolved.get());
  }

  private void serveResolved(Exchange exchange, NodeData node, String path) throws IOException {
    var clean = path.startsWith("./") ? path.substring(2) : path;
    if (isUnclean(clean)) {
      // The handling of `..` by Go's mux: the path moves, but never out of the API of the node.
      var prefix = exchange.request().path().replaceFirst("/proxy/.*", "/proxy/logs/");
      exchange.header("Location", prefix).sendEmpty(307);
    } else if (clean.endsWith("/index.html")) {
      exchange.header("Location", "./").sendEmpty(301);
    } else if (node.files().containsKey(clean)) {
      file(exchange, node, clean);
    } else if (clean.isEmpty() || clean.endsWith("/")) {
      directory(exchange, node, clean);
    } else if (node.directories().contains(clean + "/") || node.folderLinks().containsKey(clean)) {
      redirect(exchange, clean.substring(clean.lastIndexOf('/') + 1) + "/");
    } else {
      exchange.sendError(404, NOT_FOUND);
    }
  }

  private static boolean isUnclean(String path) {
    return ("/" + path + "/").contains("/../")
        || ("/" + path + "/").contains("/./")
        || path.contains("//");
  }

  private static void redirect(Exchange exchange, String location) throws IOException {
    var query = exchange.request().query().encoded();
    exchange
        .header(
            "Location", PercentEncoding.encodePath(location) + (query.isEmpty() ? "" : "?" + query))
        .sendEmpty(301);
  }

  private void directory(Exchange exchange, NodeData node, String path) throws IOException {
    if (node.files().containsKey(path + "index.html")) {
      file(exchange, node, path + "index.html");
      return;
    }
    if (!node.directories().contains(path)) {
      var file = path.substring(0, Math.max(0, path.length() - 1));
      if (node.files().containsKey(file)) {
        redirect(exchange, "../" + file.substring(file.lastIndexOf('/') + 1));
      } else {
        exchange.sendError(404, NOT_FOUND);
      }
      return;
    }
    var names = new TreeMap<String, String>();
    for (String file : node.files().tailMap(path, false).keySet()) {
      if (!file.startsWith(path)) {
        break;
      }
      addChild(names, file.substring(path.length()));
    }
    for (String directory : node.directories().tailSet(path, false)) {
      if (!directory.startsWith(path)) {
        break;
      }
      addChild(names, directory.substring(path.length()));
    }
    // A link to a folder is listed as a file is.
    for (String link : node.folderLinks().keySet()) {
      if (link.startsWith(path) && link.indexOf('/', path.length()) < 0) {
        addChild(names, link.substring(path.length()));
      }
    }
    exchange.header("Last-Modified", Exchange.httpDate(node.modified(path)));
    exchange.send(200, HTML, DirectoryPage.html(names.values(), node.plainListing()));
  }

  /// Keyed without the slash, because that is how listings are sorted.
  private static void addChild(Map<String, String> names, String rest) {
    int slash = rest.indexOf('/');
    var name = slash < 0 ? rest : rest.substring(0, slash);
    names.put(name, slash < 0 ? name : name + "/");
  }

  private void file(Exchange exchange, NodeData node, String path) throws IOException {
    var file = node.files().getOrDefault(path, "");
    long size = data.has(file) ? data.size(file) : 0;
    var modified = Exchange.httpDate(node.modified(path));
    exchange.header("Last-Modified", modified).header("Accept-Ranges", "bytes");
    if (exchange.request().header("If-Modified-Since").filter(modified::equals).isPresent()) {
      exchange.sendEmpty(304);
      return;
    }
    var type = contentType(node, path, file);
    boolean same =
        exchange.request().header("If-Range").map(modified::equals).orElse(true) && size > 0;
    var range = same ? exchange.range(size) : Optional.<ByteRange>empty();
    if (range.isPresent() && !range.get().isSatisfiable()) {
      exchange.header("Content-Range", "bytes */" + size);
      exchange.sendError(416, "invalid range: failed to overlap");
      return;
    }
    var sent = range.orElse(new ByteRange(0, size));
    if (range.isPresent()) {
      exchange.header(
          "Content-Range", "bytes %d-%d/%d".formatted(sent.first(), sent.end() - 1, size));
    }
    if (type.equals(HTML)) {
      html(exchange, file, sent, range.isPresent() ? 206 : 200);
      return;
    }
    try (var in = data.open(file);
        var out = exchange.body(range.isPresent() ? 206 : 200, type, sent.length())) {
      in.skipNBytes(sent.first());
      copy(in, out, sent.length());
    }
  }

  /// The API server rewrites links in HTML that begin with a slash, whatever part of a file it is;
  /// the length is that of the result, while `Content-Range` stays as it was.
  private void html(Exchange exchange, String file, ByteRange sent, int status) throws IOException {
    try (var in = data.open(file)) {
      in.skipNBytes(sent.first());
      var page = new String(in.readNBytes((int) sent.length()), StandardCharsets.UTF_8);
      var prefix = exchange.request().path().replaceFirst("/proxy/.*", "/proxy");
      exchange.send(status, HTML, page.replace("href=\"/", "href=\"" + prefix + "/"));
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    var block = new byte[BLOCK_BYTES];
    long left = length;
    while (left > 0) {
      int read = in.read(block, 0, (int) Math.min(left, block.length));
      if (read < 0) {
        throw new IOException("file became shorter while it was sent");
      }
      out.write(block, 0, read);
      left -= read;
    }
  }

  private String contentType(NodeData node, String path, String file) throws IOException {
    var extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    var known = LINUX_TYPES.get(extension);
    // Windows takes its types from the registry, which has none for logs.
    if (known != null && !(node.windows() && extension.equals("log"))) {
      return known;
    }
    try (var in = data.open(file)) {
      return sniff(in.readNBytes(SNIFFED_BYTES));
    }
  }

  private static String sniff(byte[] head) {
    if (head.length > 1 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b) {
      return "application/x-gzip";
    }
    for (byte b : head) {
      boolean text =
          b < 0 || b >= ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1b;
      if (!text) {
        return "application/octet-stream";
      }
    }
    return "text/plain; charset=utf-8";
  }
}
