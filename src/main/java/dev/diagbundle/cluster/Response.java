package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The response to a [Request], its body still flowing. For one thread; its receiver closes it,
/// which also writes the record of the request.
public final class Response implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Response.class);

  private final Sent sent;
  private final int status;
  private final Map<String, List<String>> headers;
  private final Body body;
  private final Ending ending;
  private boolean closed;

  /// Ends the exchange at the HTTP client, before the body is closed.
  interface Ending {
    /// @param whole whether the body was read to its end
    void end(boolean whole);
  }

  /// A request in flight.
  ///
  /// @param nanos reading of the ticker at the time of sending
  record Sent(
      Request call,
      int attempt,
      Instant time,
      long nanos,
      Ticker ticker,
      RequestRecord.Listener listener) {
    void record(int status, String contentType, String date, long bytes, RequestRecord.End end) {
      listener.on(
          new RequestRecord(
              time,
              call.path(),
              status,
              contentType,
              date,
              elapsed(),
              bytes,
              attempt,
              end,
              call.caller()));
    }

    /// Reports the date of a response that begins now.
    void dated(int status, String serverDate) {
      if (!serverDate.isEmpty()) {
        listener.dated(call, status, serverDate, time, time.plus(elapsed()));
      }
    }

    /// Reports that the log query, if this is one, may still be running: it notices that the
    /// connection is closed only when it writes.
    void leftBehind() {
      var left = left();
      if (left.isPositive()) {
        listener.leftBehind(call.caller(), left);
      }
    }

    Duration elapsed() {
      return ticker.since(nanos);
    }

    /// The time for which the kubelet may continue the log query from now on; zero for other
    /// requests.
    Duration left() {
      var took = elapsed();
      return call.isLogQuery() && took.compareTo(LogQueryTimeout.KUBELET.cut()) < 0
          ? LogQueryTimeout.KUBELET.cut().minus(took)
          : Duration.ZERO;
    }
  }

  Response(
      Sent sent, int status, Map<String, List<String>> headers, InputStream body, Ending ending) {
    this.sent = sent;
    this.status = status;
    this.headers = headers;
    this.body = new Body(body);
    this.ending = ending;
  }

  public int status() {
    return status;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// The content type with its parameters; empty if none was sent.
  public String contentType() {
    return header("Content-Type").orElse("");
  }

  /// The first value of the header, whose name is matched without regard to case.
  public Optional<String> header(String name) {
    for (var header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name) && !header.getValue().isEmpty()) {
        return Optional.of(header.getValue().getFirst());
      }
    }
    return Optional.empty();
  }

  /// The server's clock at the time of the response, to the second (RFC 9110 section 6.6.1).
  public Optional<Instant> serverDate() {
    return header("Date").flatMap(Response::instant);
  }

  /// The time of the file's last change, by the other side's clock.
  public Optional<Instant> lastModified() {
    return header("Last-Modified").flatMap(Response::instant);
  }

  /// The body. Closing it closes this response.
  public InputStream body() {
    return body;
  }

  /// The time since the request was sent.
  public Duration elapsed() {
    return sent.elapsed();
  }

  /// The requested path, with its query.
  public String path() {
    return sent.call().path();
  }

  /// Reads the rest of the body, if it is short: the white space behind a JSON document.
  public void drain() throws IOException {
    body.readNBytes(1024);
  }

  /// This response with a body that was read already; its record is written.
  Response replayed(InputStream bytes) {
    var silent =
        new Sent(
            sent.call(), sent.attempt(), sent.time(), sent.nanos(), sent.ticker(), request -> {});
    return new Response(silent, status, headers, bytes, whole -> {});
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (body.bytes == 0 && body.end != RequestRecord.End.COMPLETE && status < 400) {
      sent.leftBehind();
    }
    sent.record(status, contentType(), header("Date").orElse(""), body.bytes, body.end);
    ending.end(body.end == RequestRecord.End.COMPLETE);
    try {
      body.release();
    } catch (IOException e) {
      // A broken body fails once more here; its reader has already seen the error.
      LOG.debug("closing {}", path(), e);
    }
  }

  private static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(
          ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private final class Body extends FilterInputStream {
    private long bytes;
    private RequestRecord.End end = RequestRecord.End.CLOSED;

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        // okio would wait for the next bytes.
        return 0;
      }
      try {
        int read = super.read(buffer, offset, length);
        if (read < 0) {
          end = RequestRecord.End.COMPLETE;
          return read;
        }
        bytes += read;
        return read;
      } catch (IOException e) {
        end = ended(e);
        throw e;
      } catch (RuntimeException | Error e) {
        end = RequestRecord.End.TRUNCATED;
        throw e;
      }
    }

    private static RequestRecord.End ended(IOException failure) {
      if (ErrorClassifier.isInterrupt(failure)) {
        return RequestRecord.End.CANCELLED;
      }
      return ErrorClassifier.isTimeout(failure)
          ? RequestRecord.End.TIMED_OUT
          : RequestRecord.End.TRUNCATED;
    }

    @Override
    public long skip(long count) throws IOException {
      var buffer = new byte[(int) Math.min(8192, Math.max(0, count))];
      return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() {
      Response.this.close();
    }

    private void release() throws IOException {
      super.close();
    }
  }
}
