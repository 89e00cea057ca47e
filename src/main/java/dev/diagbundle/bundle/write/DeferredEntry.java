package dev.diagbundle.bundle.write;

import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.bundle.truncate.Truncation;
import dev.diagbundle.bundle.truncate.TruncationMarker;
import java.util.List;

/// An entry deferred to the end of the run, when all candidates are known.
///
/// @param precedence before others
/// @param draft the entry, whose offset in the archive is not known
/// @param offset of its content member in the file of deferred entries
/// @param span of the stamps of its lines
/// @param notes markers in it, of parts omitted before
/// @param cut whether it was truncated because of the limit of the bundle
record DeferredEntry(
    Priority precedence,
    Entry draft,
    long offset,
    StampSpan.Found span,
    List<TruncationMarker> notes,
    boolean cut) {
  /// The overhead of an entry in the archive, in addition to its content.
  private static final int HEADERS = 700;

  long overhead() {
    return HEADERS + ManifestJson.lengthOf(draft) + Checksums.lengthOf(draft);
  }

  /// The size of the complete entry in bytes.
  long wanted() {
    return overhead() + draft.compressedBytes();
  }

  /// The same at another position.
  DeferredEntry at(long other) {
    return new DeferredEntry(precedence, draft, other, span, notes, cut);
  }

  /// The omitted data of a part with these markers.
  Truncation cut(List<TruncationMarker> ofPart) {
    var all = all();
    var path = draft.path();
    var missing = TruncationMarker.sum(ofPart);
    return new Truncation(path, draft.item(), all.bytes(), all.lines(), missing, true, true);
  }

  /// The omitted data if the entry is dropped.
  ///
  /// @param hasOthers whether other entries of its item are
  Truncation leftOut(boolean hasOthers) {
    var all = all();
    return new Truncation(
        draft.path(), draft.item(), all.bytes(), all.lines(), all, false, hasOthers);
  }

  /// Everything of it, as it was before it was cut.
  private Truncation.Missing all() {
    var missing = TruncationMarker.sum(notes);
    long bytes = draft.bytes() + missing.bytes();
    long lines = draft.lines() + missing.lines();
    for (TruncationMarker note : notes) {
      bytes -= note.bytes();
      lines -= note.lines();
    }
    return new Truncation.Missing(bytes, lines, span.from(), span.to());
  }
}
