package dev.diagbundle.collect.task;

import dev.diagbundle.bundle.write.EntryWriter;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.model.BlockOutputStream;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.redact.RedactingOutputStream;
import dev.diagbundle.redact.Redaction;
import java.io.IOException;

/// The output stream of one entry: it replaces secrets and refuses bytes beyond a limit, if it has
/// one of its own. A log takes any number of bytes, of which the entry keeps the most useful ones.
/// For one thread at a time; closing it without [#commit] drops the entry.
///
/// If a rule for secrets fails, it throws a [dev.diagbundle.redact.RedactionException], and the
/// entry can only be dropped.
public final class EntryStream extends BlockOutputStream {
  private final EntryWriter entry;
  private final RedactingOutputStream redacting;
  private final long maxBytes;
  private long written;

  /// The failure of a source that has more than the item's limit allows; the part that fits was
  /// written.
  public static final class LimitReachedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long maxBytes;

    public LimitReachedException(long maxBytes) {
      super("more than " + maxBytes + " bytes");
      this.maxBytes = maxBytes;
    }

    long maxBytes() {
      return maxBytes;
    }
  }

  EntryStream(EntryWriter entry, Redaction redaction, long maxBytes) {
    this.entry = entry;
    this.redacting = redaction.over(entry);
    this.maxBytes = maxBytes;
  }

  /// The number of bytes taken so far, including the secrets in them.
  public long written() {
    return written;
  }

  /// Returns whether it refuses bytes beyond a limit.
  boolean isLimited() {
    return maxBytes < Long.MAX_VALUE;
  }

  /// Returns whether the content was UTF-16 and is UTF-8 now. Known when it is in the bundle.
  boolean wasUtf16() {
    return redacting.wasUtf16();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int fits = (int) Math.min(length, maxBytes - written);
    redacting.write(bytes, offset, fits);
    written += fits;
    if (fits < length) {
      throw new LimitReachedException(maxBytes);
    }
  }

  /// Puts the entry into the bundle.
  ///
  /// @throws OverBudgetException if the bundle has no room for it; then it is dropped
  public void commit() throws IOException {
    redacting.finish();
    entry.commit(redacting.counts());
  }

  /// Puts the entry into the bundle and records in the outcome of its item what is missing of a log
  /// that is longer than its limit.
  ///
  /// @param maxBytes the limit
  /// @throws OverBudgetException if the bundle has no room for it; then it is dropped
  public Outcome commit(Outcome outcome, long maxBytes) throws IOException {
    commit();
    return entry.limited().map(log -> LimitedItem.of(outcome, log, maxBytes)).orElse(outcome);
  }

  @Override
  public void close() throws IOException {
    entry.close();
  }
}
