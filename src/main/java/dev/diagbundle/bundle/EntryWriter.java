package dev.diagbundle.bundle;

import dev.diagbundle.model.EntryPath;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/// The content of one entry on its way into the bundle: hashed, counted, compressed and kept aside.
/// Nothing of it is in the archive before [#commit]; closing without that discards it.
///
/// For one thread at a time; each entry may have its own. The interrupt of that thread does no
/// harm. Who opened it closes it.
public final class EntryWriter extends OutputStream {
  private static final int BUFFER = 8 * 1024;

  private final BundleWriter bundle;
  private final Budget.Share share;
  private final EntryPath path;
  private final String item;
  private final Instant modified;
  private final Spool spool;
  private final GZIPOutputStream gzip;
  private final MessageDigest digest = Checksums.newDigest();
  private long bytes;
  private long lines;
  private boolean failed;
  private boolean ended;

  EntryWriter(
      BundleWriter bundle,
      Budget.Share share,
      EntryPath path,
      String item,
      Instant modified,
      Spool spool)
      throws IOException {
    this.bundle = bundle;
    this.share = share;
    this.path = path;
    this.item = item;
    this.modified = modified;
    this.spool = spool;
    this.gzip = new GZIPOutputStream(spool, BUFFER);
  }

  /// Where the entry will be.
  public EntryPath path() {
    return path;
  }

  /// Bytes written so far.
  public long bytes() {
    return bytes;
  }

  /// Line feeds written so far.
  public long lines() {
    return lines;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /// @throws OverBudgetException if the entry is already too large for the bundle
  /// @throws StorageException if it cannot be kept aside
  @Override
  public void write(byte[] buffer, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, buffer.length);
    requireOpen();
    digest.update(buffer, from, count);
    for (int i = from; i < from + count; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
    bytes += count;
    compress(buffer, from, count);
    if (share == Budget.Share.ITEM && spool.length() > bundle.roomForItems()) {
      failed = true;
      throw bundle.overBudget(path);
    }
  }

  /// Appends the entry to the archive. Whether it returns or throws, nothing more may be written.
  ///
  /// @throws OverBudgetException if the bundle would become too large; the rest may go on
  /// @throws StorageException if the disk fails
  /// @throws IllegalStateException if the bundle is sealed or closed
  public Entry commit() throws IOException {
    return commit(Map.of());
  }

  /// Appends the entry, as [#commit()] does.
  ///
  /// @param redactions how many secrets were replaced in what was written, by the names of rules
  public Entry commit(Map<String, Long> redactions) throws IOException {
    requireOpen();
    boolean committed = false;
    try {
      var padding = new byte[TarHeader.padding(bytes)];
      compress(padding, 0, padding.length);
      finishMember();
      var sha256 = HexFormat.of().formatHex(digest.digest());
      var draft =
          new Entry(path, bytes, sha256, 0, spool.length(), lines, modified, item, redactions);
      var entry = bundle.append(share, draft, spool);
      committed = true;
      return entry;
    } finally {
      end(committed);
    }
  }

  /// Discards the entry unless it was committed.
  @Override
  public void close() throws IOException {
    if (!ended) {
      end(false);
    }
  }

  private void end(boolean committed) throws IOException {
    ended = true;
    if (!committed) {
      bundle.release(path);
    }
    // The spool ignores what closing the compressor still writes.
    try (gzip) {
      spool.close();
    }
  }

  private void compress(byte[] buffer, int from, int count) throws IOException {
    try {
      gzip.write(buffer, from, count);
    } catch (IOException e) {
      failed = true;
      throw notKept(e);
    }
  }

  private void finishMember() throws IOException {
    try {
      gzip.finish();
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private StorageException notKept(IOException e) {
    return new StorageException("cannot spool '" + path + "': " + e.getMessage(), e);
  }

  private void requireOpen() throws IOException {
    if (ended) {
      throw new IllegalStateException("'" + path + "' is committed or closed");
    }
    // Not a programmer's error: a buffer around this stream tries once more when it is closed.
    if (failed) {
      throw new IOException("an earlier write to '" + path + "' failed");
    }
  }
}
