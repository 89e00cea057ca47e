package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.bundle.truncate.Truncation.Missing;
import org.jspecify.annotations.Nullable;

/// A span of a log: lightly compressed in a spool or, once dropped, only its size and stamps. For
/// one thread. Closing discards the spool.
final class LogSegment implements Closeable {
  private static final int BUFFER = 8 * 1024;

  private final Spool spool;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final DeflaterOutputStream compressing;
  private final StampSpan stamps = new StampSpan();
  private final long from;
  private final long wanted;
  private long bytes;
  private long lines;
  private byte last = '\n';

  /// @param from its offset in the log
  /// @param wanted the size from which on it ends with the next line
  LogSegment(SpoolFolder spools, long from, long wanted) throws IOException {
    this.spool = new Spool(spools);
    this.compressing = new DeflaterOutputStream(spool, deflater, BUFFER);
    this.from = from;
    this.wanted = wanted;
  }

  /// A part of a log: its content, or what is known of it without that.
  ///
  /// @param from its offset
  /// @param about the part; missing if there is no content
  /// @param content of the part; null if it was dropped
  record Part(long from, Missing about, @Nullable Content content) {
    long to() {
      return from + about.bytes();
    }

    Part dropped() {
      return new Part(from, about, null);
    }
  }

  /// The content of a part, which can be opened more than once. Closing discards it.
  interface Content extends Closeable {
    InputStream open() throws IOException;
  }

  /// The number of these bytes that it takes.
  int fitting(byte[] buffer, int start, int count) {
    int within = (int) Math.min(count, Math.max(0, wanted - bytes));
    // A line that is longer than a whole segment is divided.
    int most = (int) Math.min(count, 2 * wanted - bytes);
    for (int i = within; i < most; i++) {
      if (buffer[start + i] == '\n') {
        return i + 1;
      }
    }
    return most;
  }

  void write(byte[] buffer, int start, int count) throws IOException {
    stamps.take(buffer, start, count);
    for (int i = start; i < start + count; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    bytes += count;
    if (count > 0) {
      last = buffer[start + count - 1];
    }
    compressing.write(buffer, start, count);
  }

  boolean isFull() {
    return bytes >= wanted && (last == '\n' || bytes >= 2 * wanted);
  }

  /// Ends the segment.
  Part end() throws IOException {
    compressing.finish();
    deflater.end();
    var span = stamps.found();
    var about = new Missing(bytes, lines, span.from(), span.to());
    return new Part(
        from,
        about,
        new Content() {
          @Override
          public InputStream open() throws IOException {
            return new InflaterInputStream(spool.open());
          }

          @Override
          public void close() throws IOException {
            spool.close();
          }
        });
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    spool.close();
  }
}
