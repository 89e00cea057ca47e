package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.bundle.truncate.Truncation;
import dev.diagbundle.bundle.truncate.TruncationMarker;
import org.jspecify.annotations.Nullable;

/// Entries deferred to the end of the run because space in the archive is scarce: members of one
/// temporary file, which is limited to twice the remaining space plus one entry. The writer's lock
/// guards it.
///
/// While less than a quarter of the limit is used, only logs of a node that has used a sixteenth
/// are deferred; the most useful data is deferred from half on.
final class DeferredEntries implements Closeable {
  private static final Comparator<DeferredEntry> ORDER =
      Comparator.comparing((DeferredEntry entry) -> entry.precedence().importance())
          .thenComparingInt(entry -> entry.precedence().order());

  private final SpoolFolder spools;
  private final ArchiveWriter archive;
  private final long maxBytes;
  private final Map<String, Long> had = new HashMap<>();
  private final List<DeferredEntry> forgotten = new ArrayList<>();
  private List<DeferredEntry> entries = new ArrayList<>();
  private @Nullable DeferredFile file;
  private long wanted;

  DeferredEntries(SpoolFolder spools, ArchiveWriter archive, long maxBytes) {
    this.spools = spools;
    this.archive = archive;
    this.maxBytes = maxBytes;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Returns whether the entry is deferred; if not, [#passed] must be called for it.
  boolean takes(Priority precedence, Entry draft) {
    if (maxBytes == Long.MAX_VALUE) {
      return false;
    }
    long after = archive.position() + draft.compressedBytes();
    if (precedence.importance() == PriorityTier.TELLING) {
      return after > maxBytes / 2;
    }
    long ofSource = had.getOrDefault(Allocation.key(precedence), 0L) + draft.compressedBytes();
    return after > maxBytes / 4 || (precedence.log() && ofSource > maxBytes / 16);
  }

  /// Records an entry that was not deferred.
  void passed(Priority precedence, Entry entry) {
    if (precedence.log()) {
      had.merge(Allocation.key(precedence), entry.compressedBytes(), Long::sum);
    }
  }

  /// @param notes markers of parts omitted because of the limit of the entry
  void add(
      Priority precedence,
      Entry draft,
      Spool spool,
      StampSpan.Found span,
      List<TruncationMarker> notes)
      throws IOException {
    var into = file();
    long offset = into.add(spool::copyTo, draft.compressedBytes());
    var entry = new DeferredEntry(precedence, draft, offset, span, notes, false);
    entries.add(entry);
    wanted += entry.wanted();
    // Including the bytes that closing the archive takes for them, so that many small ones are not
    // too many.
    if (wanted > 2 * Math.max(0, archive.roomForItems())) {
      squeeze(into);
    }
  }

  /// Appends the entries that fit to the archive, and discards the rest.
  ///
  /// @return the missing parts of entries
  List<Truncation> settle() throws IOException {
    if (entries.isEmpty()) {
      return cuts(Map.of(), List.of());
    }
    var from = file();
    entries.sort(ORDER);
    var allowed = Allocation.of(entries, had, archive.roomForItems());
    var there = new LinkedHashMap<DeferredEntry, List<TruncationMarker>>();
    var tooLong = new ArrayList<DeferredEntry>();
    for (int i = 0; i < allowed.length; i++) {
      var entry = entries.get(i);
      if (entry.wanted() <= allowed[i] && appendWhole(entry, from)) {
        there.put(entry, cut(entry));
      } else if (!appendPart(entry, from, allowed[i], there)) {
        tooLong.add(entry);
      }
    }
    var out = new ArrayList<DeferredEntry>();
    for (DeferredEntry entry : tooLong) {
      // Parts are a little shorter than they might be, which leaves some room.
      if (appendWhole(entry, from)) {
        there.put(entry, cut(entry));
      } else {
        out.add(entry);
      }
    }
    return cuts(there, out);
  }

  @Override
  public void close() throws IOException {
    entries = new ArrayList<>();
    wanted = 0;
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private static List<TruncationMarker> cut(DeferredEntry entry) {
    return entry.cut() ? entry.notes() : List.of();
  }

  private boolean appendWhole(DeferredEntry entry, DeferredFile from) throws IOException {
    return append(entry.draft(), sink -> from.copy(entry, sink));
  }

  private boolean appendPart(
      DeferredEntry entry,
      DeferredFile from,
      long allowed,
      Map<DeferredEntry, List<TruncationMarker>> there)
      throws IOException {
    Optional<TruncatedLog> part;
    try {
      part = TruncatedLog.of(entry, from, spools, allowed);
    } catch (IOException _) {
      // No space for the part: the entry is left out, and recorded as that.
      return false;
    }
    if (part.isEmpty()) {
      return false;
    }
    try (var content = part.get().content()) {
      if (!append(part.get().draft(), content.spool()::copyTo)) {
        return false;
      }
    }
    there.put(entry, part.get().notes());
    return true;
  }

  private boolean append(Entry draft, ArchiveWriter.Member member) throws IOException {
    try {
      archive.append(Budget.Share.ITEM, draft, member);
      return true;
    } catch (OverBudgetException | StorageException _) {
      // Full, by the limit of the bundle or by the disk: a shorter entry may still fit.
      return false;
    }
  }

  /// Discards entries that can no longer fit, however the run continues: every new entry leaves
  /// less space for the others, never more.
  private void squeeze(DeferredFile from) throws IOException {
    entries.sort(ORDER);
    var allowed = Allocation.of(entries, had, archive.roomForItems());
    var all = entries;
    entries = new ArrayList<>();
    wanted = 0;
    var into = new DeferredFile(spools);
    file = into;
    Optional<IOException> fault = Optional.empty();
    try (from) {
      for (int i = 0; i < allowed.length; i++) {
        var entry = all.get(i);
        var kept = Optional.<DeferredEntry>empty();
        try {
          kept = squeezed(entry, from, into, allowed[i]);
        } catch (IOException e) {
          fault = fault.or(() -> Optional.of(e));
        }
        kept.ifPresentOrElse(entries::add, () -> forgotten.add(entry));
        wanted += kept.map(DeferredEntry::wanted).orElse(0L);
      }
    }
    if (fault.isPresent()) {
      throw new StorageException("cannot spool: " + fault.get().getMessage(), fault.get());
    }
  }

  private Optional<DeferredEntry> squeezed(
      DeferredEntry entry, DeferredFile from, DeferredFile into, long allowed) throws IOException {
    if (entry.wanted() <= allowed) {
      long bytes = entry.draft().compressedBytes();
      return Optional.of(entry.at(into.add(sink -> from.copy(entry, sink), bytes)));
    }
    var part = TruncatedLog.of(entry, from, spools, allowed);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    try (var content = part.get().content()) {
      var draft = part.get().draft();
      long offset = into.add(content.spool()::copyTo, draft.compressedBytes());
      var notes = part.get().notes();
      return Optional.of(
          new DeferredEntry(entry.precedence(), draft, offset, entry.span(), notes, true));
    }
  }

  /// @param there the entries in the archive, with the markers in them
  /// @param out the truncated or omitted entries
  private List<Truncation> cuts(
      Map<DeferredEntry, List<TruncationMarker>> there, List<DeferredEntry> out)
      throws IOException {
    var items = new HashSet<String>();
    archive.entries().forEach(entry -> items.add(entry.item()));
    var cuts = new ArrayList<Truncation>();
    there.forEach((entry, notes) -> {
      if (!notes.isEmpty()) {
        cuts.add(entry.cut(notes));
      }
    });
    forgotten.addAll(out);
    for (DeferredEntry entry : forgotten) {
      cuts.add(entry.leftOut(items.contains(entry.draft().item())));
    }
    forgotten.clear();
    close();
    return cuts;
  }

  private DeferredFile file() throws IOException {
    if (file == null) {
      file = new DeferredFile(spools);
    }
    return file;
  }
}
