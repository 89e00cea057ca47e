package dev.diagbundle.serve.http;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;

/// The output stream of a response: the head, then the body in one of the framings of HTTP/1.1 (RFC
/// 9112). Closing it ends the response, not the connection.
final class BodyOutputStream extends BlockOutputStream {
  /// The framing of the body.
  enum Framing {
    /// There is no body.
    NONE,
    /// Framing by `Content-Length`.
    FIXED,
    /// Framing by the last chunk.
    CHUNKED,
    /// Framing by its length if the body fits a small buffer, by the last chunk otherwise.
    DELAYED
  }

  /// The number of bytes that a Go server buffers before it uses chunked encoding.
  private static final int DELAYED_BYTES = 2048;

  private static final int CHUNK_BYTES = 16 << 10;

  private final OutputStream connection;
  private final int status;
  private final Map<String, String> headers;
  private final byte[] pending = new byte[CHUNK_BYTES];
  private Framing framing;
  private long remaining;
  private int count;
  private boolean headSent;
  private boolean complete;

  /// @param connection is never closed here
  BodyOutputStream(
      OutputStream connection,
      int status,
      Map<String, String> headers,
      Framing framing,
      long bytes) {
    this.connection = new BufferedOutputStream(connection, CHUNK_BYTES + 64);
    this.status = status;
    this.headers = headers;
    this.framing = framing;
    this.remaining = bytes;
  }

  boolean isComplete() {
    return complete;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, CHUNK_BYTES - count);
      System.arraycopy(bytes, from, pending, count, part);
      count += part;
      from += part;
      left -= part;
      if (framing == Framing.DELAYED && count > DELAYED_BYTES) {
        framing = Framing.CHUNKED;
      }
      if (count == CHUNK_BYTES) {
        sendPending();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (framing == Framing.DELAYED) {
      framing = Framing.CHUNKED;
    }
    sendPending();
    connection.flush();
  }

  @Override
  public void close() throws IOException {
    if (complete) {
      return;
    }
    if (framing == Framing.DELAYED) {
      framing = Framing.FIXED;
      remaining = count;
    }
    sendPending();
    if (framing == Framing.CHUNKED) {
      ascii("0\r\n\r\n");
    }
    connection.flush();
    complete = remaining == 0;
  }

  private void sendPending() throws IOException {
    sendHead();
    if (count == 0) {
      return;
    }
    switch (framing) {
      case CHUNKED -> {
        ascii(Integer.toHexString(count) + "\r\n");
        connection.write(pending, 0, count);
        ascii("\r\n");
      }
      case FIXED -> {
        if (count > remaining) {
          throw new IOException("body is longer than its announced length");
        }
        remaining -= count;
        connection.write(pending, 0, count);
      }
      case NONE, DELAYED -> throw new IOException("no body can be sent now");
    }
    count = 0;
  }

  private void sendHead() throws IOException {
    if (headSent) {
      return;
    }
    headSent = true;
    switch (framing) {
      case FIXED -> headers.put("Content-Length", Long.toString(remaining));
      case CHUNKED -> headers.put("Transfer-Encoding", "chunked");
      case NONE, DELAYED -> {}
    }
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ascii(head.append("\r\n").toString());
  }

  private void ascii(String text) throws IOException {
    connection.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
