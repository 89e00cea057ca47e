package dev.diagbundle.serve.http;

import module java.base;

import org.jspecify.annotations.Nullable;

/// A request and its response. It belongs to the thread of its connection.
public final class Exchange {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServerRequest request;
  private final byte[] requestBody;
  private final Socket socket;
  private final Map<String, String> headers = new TreeMap<>();
  private Instant date;
  private @Nullable BodyOutputStream body;

  Exchange(ServerRequest request, byte[] requestBody, Socket socket, Instant now) {
    this.request = request;
    this.requestBody = requestBody;
    this.socket = socket;
    this.date = now;
    headers.put("Cache-Control", "no-cache, private");
  }

  public ServerRequest request() {
    return request;
  }

  /// The request body; empty if nothing was, or too much.
  public byte[] requestBody() {
    return requestBody.clone();
  }

  /// Sets a header of the answer, before the answer is begun.
  public Exchange header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// Moves the clock that the `Date` header shows.
  public void skewClock(Duration skew) {
    date = date.plus(skew);
  }

  /// The time in the form of HTTP headers.
  public static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }

  /// Sends a whole answer.
  public void send(int status, String contentType, String text) throws IOException {
    send(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a whole answer.
  public void send(int status, String contentType, byte[] bytes) throws IOException {
    try (var out = body(status, contentType, bytes.length)) {
      out.write(bytes);
    }
  }

  /// Sends a plain text as Go's `http.Error` does.
  public void sendError(int status, String text) throws IOException {
    header("X-Content-Type-Options", "nosniff")
        .send(status, "text/plain; charset=utf-8", text + "\n");
  }

  /// Sends an answer without a body.
  public void sendEmpty(int status) throws IOException {
    boolean never = status == 204 || status == 304;
    begin(status, never ? BodyOutputStream.Framing.NONE : BodyOutputStream.Framing.FIXED, 0)
        .close();
  }

  /// Starts a response of known length. The caller closes the stream.
  public OutputStream body(int status, String contentType, long bytes) throws IOException {
    header("Content-Type", contentType);
    return begin(status, BodyOutputStream.Framing.FIXED, bytes);
  }

  /// Starts a response of unknown length. As in a Go server, it is sent with its length if it is
  /// short, and in chunks if not. The caller closes the stream; an unclosed response is a truncated
  /// response.
  public OutputStream stream(int status, String contentType) throws IOException {
    header("Content-Type", contentType);
    return begin(status, BodyOutputStream.Framing.DELAYED, 0);
  }

  /// Starts a chunked response, whose chunks are sent with [OutputStream#flush]. The caller closes
  /// the stream.
  public OutputStream chunks(int status, String contentType) throws IOException {
    header("Content-Type", contentType);
    return begin(status, BodyOutputStream.Framing.CHUNKED, 0);
  }

  /// Breaks the connection with a TCP reset.
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Ends the connection after what was sent so far, with neither a last chunk nor the bytes that
  /// the length promised.
  public void cut() throws IOException {
    if (body != null) {
      body.flush();
    }
    socket.close();
  }

  /// Returns whether the response is complete and the connection is usable for another request.
  boolean finish() throws IOException {
    return body != null && body.isComplete() && !closesConnection();
  }

  private boolean closesConnection() {
    return request
        .header("Connection")
        .filter(value -> value.equalsIgnoreCase("close"))
        .isPresent();
  }

  private OutputStream begin(int status, BodyOutputStream.Framing framing, long bytes)
      throws IOException {
    if (body != null) {
      throw new IllegalStateException("answered twice: " + request.path());
    }
    if (closesConnection()) {
      header("Connection", "close");
    }
    header("Date", httpDate(date));
    var begun = new BodyOutputStream(socket.getOutputStream(), status, headers, framing, bytes);
    body = begun;
    return begun;
  }

  /// The requested range of a file of this size.
  public Optional<ByteRange> range(long size) {
    return request.header("Range").flatMap(header -> ByteRange.parse(header, size));
  }
}
