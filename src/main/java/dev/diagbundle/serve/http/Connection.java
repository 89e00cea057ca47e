package dev.diagbundle.serve.http;

import module java.base;

/// A client connection: reads requests one after the other and passes each to the handler.
public final class Connection {
  private static final int MAX_HEAD_BYTES = 64 << 10;

  private final Socket socket;
  private final Instant now;
  private final Function<ServerRequest, Handler> router;

  public Connection(Socket socket, Instant now, Function<ServerRequest, Handler> router) {
    this.socket = socket;
    this.now = now;
    this.router = router;
  }

  /// Serves until the client goes or an exchange breaks. Returns quietly: a client that goes away
  /// is no fault. The caller closes the socket.
  public void serve() throws InterruptedException {
    try {
      socket.setTcpNoDelay(true);
      var input = new BufferedInputStream(socket.getInputStream());
      boolean open = true;
      while (open) {
        var head = readHead(input);
        open = head.isPresent() && answer(head.get(), input);
      }
    } catch (IOException _) {
      // Nobody is left to tell: the client is gone, or the handler broke the connection on purpose.
    }
  }

  private boolean answer(String head, InputStream input) throws IOException, InterruptedException {
    var lines = head.split("\r\n", -1);
    var requestLine = lines[0].split(" ", -1);
    if (requestLine.length != 3 || !requestLine[1].startsWith("/")) {
      return false;
    }
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
    }
    var target = requestLine[1];
    int mark = target.indexOf('?');
    var request =
        new ServerRequest(
            requestLine[0],
            mark < 0 ? target : target.substring(0, mark),
            QueryParameters.parse(mark < 0 ? "" : target.substring(mark + 1)),
            headers);
    boolean chunked = request.header("Transfer-Encoding").isPresent();
    var length = request.header("Content-Length").orElse("0");
    boolean readable = !chunked && length.matches("\\d{1,6}");
    var body = readable ? input.readNBytes(Integer.parseInt(length)) : new byte[0];
    var exchange = new Exchange(request, body, socket, now);
    router.apply(request).handle(exchange);
    // After a body that was not read, nothing may follow on its connection.
    return exchange.finish() && readable;
  }

  private static Optional<String> readHead(InputStream input) throws IOException {
    var head = new ByteArrayOutputStream();
    int last = 0;
    while (head.size() < MAX_HEAD_BYTES) {
      int next = input.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
      last = last << 8 | next;
      if (last == 0x0d0a0d0a) {
        var text = head.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.substring(0, text.length() - 4));
      }
    }
    return Optional.empty();
  }
}
