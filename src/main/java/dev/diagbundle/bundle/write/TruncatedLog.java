package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.truncate.KeptRanges;
import dev.diagbundle.bundle.truncate.LogTruncator;
import dev.diagbundle.bundle.truncate.TruncationMarker;

/// The most useful part of a log that is too long: its newest lines, and the surroundings of its
/// first and its newest error. A [TruncationMarker] replaces each omitted part. The holder closes
/// the content.
///
/// @param draft the entry of the part
/// @param notes markers of the parts omitted, now and before
record TruncatedLog(CompressedContent content, Entry draft, List<TruncationMarker> notes) {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_ATTEMPTS = 5;

  /// The size below which a part is useless.
  private static final long LEAST = 1024;

  /// The part that has at most this many bytes, including those that closing the archive takes for
  /// it; empty if there is no useful one.
  static Optional<TruncatedLog> of(
      DeferredEntry log, DeferredFile file, SpoolFolder spools, long maxBytes) throws IOException {
    long room = maxBytes - log.overhead();
    if (!log.precedence().log() || room <= 0) {
      return Optional.empty();
    }
    var draft = log.draft();
    // The compressed size of the part is known only after compression.
    double bytes = 0.95 * room * draft.bytes() / draft.compressedBytes();
    for (int i = 0; i < MAX_ATTEMPTS && bytes >= LEAST; i++) {
      var choice = KeptRanges.of(() -> file.open(log), draft.bytes(), (long) bytes);
      if (choice.isEmpty()) {
        return Optional.empty();
      }
      var written = write(log, file, spools, choice.get());
      if (written.isEmpty()) {
        return written;
      }
      var part = written.get();
      if (part.draft.compressedBytes() <= room) {
        return written;
      }
      part.content.close();
      bytes *= 0.95 * room / part.draft.compressedBytes();
    }
    return Optional.empty();
  }

  private static Optional<TruncatedLog> write(
      DeferredEntry log, DeferredFile file, SpoolFolder spools, KeptRanges choice)
      throws IOException {
    var content = new CompressedContent(spools, false);
    try (var in = file.open(log)) {
      var gaps = new LogTruncator(choice, log.notes(), TruncationMarker.Limit.BUNDLE, content);
      var buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        gaps.take(buffer, count);
      }
      var notes = gaps.end();
      if (notes.isEmpty()) {
        content.close();
        return Optional.empty();
      }
      var draft = log.draft();
      var entry = content.end(draft.path(), draft.modified(), draft.item(), draft.redactions());
      return Optional.of(new TruncatedLog(content, entry, notes));
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }
}
