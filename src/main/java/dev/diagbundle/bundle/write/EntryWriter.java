package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.truncate.LimitedLog;
import dev.diagbundle.bundle.truncate.TruncationMarker;
import dev.diagbundle.model.BlockOutputStream;
import dev.diagbundle.model.EntryPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The writer of one entry: hashes, counts, compresses and spools its content. Nothing of it is in
/// the archive before [#commit]; closing without that discards it.
///
/// For one thread at a time; each entry may have its own. The interrupt of that thread does no
/// harm. The caller that opened it closes it.
public final class EntryWriter extends BlockOutputStream {
  private final BundleWriter bundle;
  private final EntrySpec opening;
  private final SpoolFolder spools;
  private final CompressedContent content;
  private @Nullable LogRing ring;
  private Optional<LimitedLog> limited = Optional.empty();
  private boolean failed;
  private boolean ended;

  EntryWriter(
      BundleWriter bundle, EntrySpec opening, SpoolFolder spools, CompressedContent content) {
    this.bundle = bundle;
    this.opening = opening;
    this.spools = spools;
    this.content = content;
  }

  /// The path of the entry.
  public EntryPath path() {
    return opening.path();
  }

  /// Bytes written so far, whether they are kept or not.
  public long bytes() {
    return ring == null ? content.bytes() : ring.bytes();
  }

  /// The extent of the log, if it was longer than its limit: known when it is committed.
  public Optional<LimitedLog> limited() {
    return limited;
  }

  /// @throws OverBudgetException if the entry is already too large for the bundle, and no part of
  ///   it would be useful
  /// @throws StorageException if it cannot be spooled
  @Override
  public void write(byte[] buffer, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, buffer.length);
    requireOpen();
    try {
      put(buffer, from, count);
    } catch (IOException e) {
      failed = true;
      throw notKept(e);
    }
    if (isLimited() && content.spool().length() > bundle.roomForItems()) {
      failed = true;
      throw bundle.overBudget(path());
    }
  }

  private void put(byte[] buffer, int from, int count) throws IOException {
    int at = from;
    if (ring == null) {
      int fitting = (int) Math.min(count, opening.maxBytes() - content.bytes());
      content.write(buffer, from, fitting);
      if (fitting == count) {
        return;
      }
      at += fitting;
      ring = new LogRing(spools, content, path().value(), opening.maxBytes());
    }
    ring.write(buffer, at, from + count - at);
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
  /// @return the entry; without its offset, if it waits for others that may be more important
  /// @param redactions number of secrets replaced in the written content, by rule name
  public Entry commit(Map<String, Long> redactions) throws IOException {
    requireOpen();
    boolean committed = false;
    try {
      var entry = ring == null ? append(redactions) : append(ring, redactions);
      committed = true;
      return entry;
    } finally {
      end(committed);
    }
  }

  private Entry append(Map<String, Long> redactions) throws IOException {
    var draft = end(content, redactions);
    return bundle.append(opening, draft, content.spool(), content.span(), List.of());
  }

  private Entry append(LogRing log, Map<String, Long> redactions) throws IOException {
    LogRing.Kept kept;
    try {
      kept = log.end();
      log.close();
    } catch (IOException e) {
      throw notKept(e);
    }
    try (var part = kept.content()) {
      var draft = end(part, redactions);
      var entry = bundle.append(opening, draft, part.spool(), kept.span(), kept.notes());
      var gaps = kept.notes().stream().map(TruncationMarker::missing).toList();
      limited = Optional.of(new LimitedLog(kept.bytes(), kept.lines(), entry.bytes(), gaps));
      return entry;
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
      bundle.release(path());
    }
    try (content) {
      if (ring != null) {
        ring.close();
      }
    }
  }

  /// A log that is too long can be cut when it is complete; its item limits it until then.
  private boolean isLimited() {
    return opening.share() == Budget.Share.ITEM && !opening.isLog();
  }

  private Entry end(CompressedContent whole, Map<String, Long> redactions) throws IOException {
    try {
      return whole.end(opening.path(), opening.modified(), opening.item(), redactions);
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private StorageException notKept(IOException e) {
    return new StorageException("cannot spool '" + path() + "': " + e.getMessage(), e);
  }

  private void requireOpen() throws IOException {
    if (ended) {
      throw new IllegalStateException("'" + path() + "' is committed or closed");
    }
    // Not a programmer's error: a buffer around this stream tries once more when it is closed.
    if (failed) {
      throw new IOException("an earlier write to '" + path() + "' failed");
    }
  }
}
