package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The transfer of one file of a node, in blocks, up to its size at the start. Each request begins
/// a little before the end of the previous one, and the overlap is compared: so a transfer resumes
/// after a broken stream, and detects that another file has taken the name. Used once, by one
/// thread.
public final class FileTransfer {
  /// Options of a transfer.
  ///
  /// @param blockBytes maximum bytes per request
  /// @param idle maximum silence of the node
  public record Options(long blockBytes, Duration idle) {
    /// The defaults, for a link of medium speed.
    public static final Options USUAL = new Options(16L << 20, Duration.ofSeconds(45));
  }

  private static final int OVERLAP_BYTES = 64;
  private static final int MAX_FRUITLESS = 3;
  private static final int MAX_RESUMES = 50;
  private static final int MAX_CHANGES = 3;

  /// Minimum age of the last change for a file to count as no longer written.
  private static final Duration STATIC_AGE = Duration.ofHours(1);

  /// As Go's `http.TimeFormat`, which demands two digits for the day.
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Cluster cluster;
  private final String node;
  private final RequestOrigin caller;
  private final Options options;
  private final OutputStream out;
  private final long wanted;

  private NodeFile file;
  private LogPath path;
  private long start;
  private long position;
  private byte[] tail = new byte[0];
  private Optional<Instant> unchangedSince;
  private Optional<IOException> broken = Optional.empty();

  /// Result of one request.
  private enum Step {
    /// The file continues where it did.
    SAME,
    /// The name refers to another file, or to none.
    CHANGED
  }

  /// @param wanted maximum bytes, from the file's end
  /// @param out is not closed
  public FileTransfer(
      Cluster cluster,
      String node,
      RequestOrigin caller,
      Options options,
      NodeFile file,
      long wanted,
      OutputStream out) {
    this.cluster = cluster;
    this.node = node;
    this.caller = caller;
    this.options = options;
    this.wanted = wanted;
    this.out = out;
    this.file = file;
    this.path = file.path();
    this.start = Math.max(0, file.bytes() - wanted);
    this.position = start;
    this.unchangedSince =
        file.age().filter(age -> age.compareTo(STATIC_AGE) > 0).flatMap(_ -> file.modified());
  }

  /// Transfers the file.
  ///
  /// @return collected, or partial if the rest of the file could not be found any more
  /// @throws RequestFailedException if the node refuses
  /// @throws IOException if the stream broke off too often, or `out` failed
  public Outcome run() throws IOException, InterruptedException {
    if (file.html()) {
      return html();
    }
    int fruitless = 0;
    int changes = 0;
    for (int requests = 0; position < file.bytes(); requests++) {
      long before = position;
      if (request() == Step.CHANGED) {
        if (++changes > MAX_CHANGES || !recover()) {
          return new Outcome.Partial(Reason.TRUNCATED, changedWords());
        }
        continue;
      }
      fruitless = position > before ? 0 : fruitless + 1;
      if (broken.isPresent() && (fruitless >= MAX_FRUITLESS || requests >= resumesAllowed())) {
        throw broken.get();
      }
      cluster.ticker().sleep(Duration.ofMillis(250).multipliedBy(fruitless));
    }
    return new Outcome.Collected();
  }

  private long resumesAllowed() {
    return MAX_RESUMES + (file.bytes() - start) / options.blockBytes();
  }

  private String changedWords() {
    return "the file was rotated or truncated while it was read, after %d of its %d bytes"
        .formatted(position - start, file.bytes() - start);
  }

  /// Transfers a file in which the API server rewrites links: it has neither the length nor the
  /// ranges in its headers.
  private Outcome html() throws IOException, InterruptedException {
    var whole = Request.raw(path.url(node), caller).withIdle(options.idle());
    try (var answer = cluster.fetch(start > 0 ? whole.withRange("bytes=" + start + "-") : whole)) {
      answer.body().transferTo(out);
    }
    return new Outcome.Partial(
        Reason.INVALID_ANSWER, "served as text/html: links may be rewritten by the API server");
  }

  /// Requests the next block and copies the response.
  private Step request() throws IOException, InterruptedException {
    broken = Optional.empty();
    long from = position - tail.length;
    long end = Math.min(file.bytes(), position + options.blockBytes());
    var call =
        Request.raw(path.url(node), caller)
            .withIdle(options.idle())
            .withRange("bytes=" + from + "-" + (end - 1));
    if (unchangedSince.isPresent()) {
      call = call.withHeader("If-Range", HTTP_DATE.format(unchangedSince.get()));
    }
    try (var answer = cluster.get(call)) {
      if (answer.status() == 416 || (answer.status() == 404 && position > start)) {
        return Step.CHANGED;
      }
      if (!answer.isSuccess()) {
        throw ErrorClassifier.of(answer);
      }
      var total = NodeFile.total(answer);
      boolean shorter = total.isPresent() && total.getAsLong() < file.bytes();
      if (answer.status() == 200 && unchangedSince.isPresent()) {
        // Changed after all: grown, which the overlap will prove, or rewritten.
        unchangedSince = Optional.empty();
        return total.isPresent() && total.getAsLong() > file.bytes() ? Step.SAME : Step.CHANGED;
      }
      if (shorter) {
        return Step.CHANGED;
      }
      if (answer.status() == 200) {
        // A server on the way does not support ranges: the whole file comes.
        return copy(answer.body(), from, file.bytes());
      }
      if (NodeFile.first(answer).orElse(from) != from) {
        throw new RequestFailedException(
            Reason.INVALID_ANSWER,
            answer.status(),
            "the response is a different range of the file");
      }
      return copy(answer.body(), 0, end);
    }
  }

  private Step copy(InputStream body, long skipped, long end) throws IOException {
    var buffer = new byte[32 << 10];
    for (long left = skipped; left > 0; ) {
      int count = read(body, buffer, left);
      if (count < 0) {
        return Step.SAME;
      }
      left -= count;
    }
    var again = new byte[tail.length];
    for (int have = 0; have < again.length; ) {
      int count = read(body, buffer, again.length - have);
      if (count < 0) {
        return Step.SAME;
      }
      System.arraycopy(buffer, 0, again, have, count);
      have += count;
    }
    if (!Arrays.equals(again, tail)) {
      return Step.CHANGED;
    }
    while (position < end) {
      int count = read(body, buffer, end - position);
      if (count < 0) {
        return Step.SAME;
      }
      out.write(buffer, 0, count);
      position += count;
      keep(buffer, count);
    }
    return Step.SAME;
  }

  /// Reads from the node, whose failures are not those of `out`.
  ///
  /// @return -1 if the response ended early; [#broken] then contains the reason
  private int read(InputStream body, byte[] buffer, long most) throws IOException {
    try {
      int count = body.read(buffer, 0, (int) Math.min(buffer.length, most));
      if (count < 0) {
        broken = Optional.of(new EOFException("the response ended before the end of the file"));
      }
      return count;
    } catch (IOException e) {
      if (ErrorClassifier.isInterrupt(e)) {
        throw e;
      }
      broken = Optional.of(e);
      return -1;
    }
  }

  private void keep(byte[] buffer, int count) {
    if (count >= OVERLAP_BYTES) {
      tail = Arrays.copyOfRange(buffer, count - OVERLAP_BYTES, count);
      return;
    }
    int old = Math.min(tail.length, OVERLAP_BYTES - count);
    var joined = Arrays.copyOfRange(tail, tail.length - old, tail.length + count);
    System.arraycopy(buffer, 0, joined, old, count);
    tail = joined;
  }

  /// Finds the file again after another file has taken its name.
  private boolean recover() throws IOException, InterruptedException {
    unchangedSince = Optional.empty();
    if (position == start) {
      var now = NodeFile.look(cluster, node, path, caller, options.idle());
      if (now.isEmpty()) {
        return false;
      }
      file = now.get();
      start = Math.max(0, file.bytes() - wanted);
      position = start;
      return true;
    }
    var lost = path;
    for (LogPath candidate : RotatedNames.of(cluster, node, file.path(), caller)) {
      path = candidate;
      try {
        if (request() == Step.SAME) {
          return true;
        }
      } catch (RequestFailedException e) {
        if (e.reason() == Reason.UNREACHABLE) {
          throw e;
        }
      }
    }
    path = lost;
    return false;
  }
}
