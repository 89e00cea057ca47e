package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.model.BlockOutputStream;
import dev.diagbundle.model.EntryPath;

/// The content of one entry: hashed, counted, and compressed into a spool. For one thread at a
/// time; closing it discards the spool.
final class CompressedContent extends BlockOutputStream {
  private static final int BUFFER = 8 * 1024;

  private final Spool spool;
  private final GZIPOutputStream gzip;
  private final MessageDigest digest = Checksums.newDigest();
  private final StampSpan span = new StampSpan();
  private final boolean log;
  private long bytes;
  private long lines;

  /// @param log whether to record the stamps of its lines
  CompressedContent(SpoolFolder spools, boolean log) throws IOException {
    this.spool = new Spool(spools);
    this.gzip = new GZIPOutputStream(spool, BUFFER);
    this.log = log;
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return lines;
  }

  StampSpan.Found span() {
    return span.found();
  }

  Spool spool() {
    return spool;
  }

  @Override
  public void write(byte[] buffer, int from, int count) throws IOException {
    digest.update(buffer, from, count);
    for (int i = from; i < from + count; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
    if (log) {
      span.take(buffer, from, count);
    }
    bytes += count;
    gzip.write(buffer, from, count);
  }

  /// Ends the content, which then can be opened.
  void finish() throws IOException {
    gzip.write(new byte[TarHeader.padding(bytes)]);
    gzip.finish();
  }

  /// Opens the finished content for reading.
  ///
  /// @param name for messages
  InputStream open(String name) throws IOException {
    return new MemberInputStream(spool.open(), spool.length(), bytes, name);
  }

  /// Ends the member, of an entry whose offset is not known yet.
  Entry end(EntryPath path, Instant modified, String item, Map<String, Long> redactions)
      throws IOException {
    finish();
    var sha256 = HexFormat.of().formatHex(digest.digest());
    return new Entry(path, bytes, sha256, 0, spool.length(), lines, modified, item, redactions);
  }

  @Override
  public void close() throws IOException {
    // The spool ignores what closing the compressor still writes.
    try (gzip) {
      spool.close();
    }
  }
}
