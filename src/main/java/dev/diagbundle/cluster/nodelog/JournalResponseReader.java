package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.DedupWindow;

/// A reader of one journal response, entry by entry: known entries are skipped, the others are
/// passed to the [WindowFilter]. An entry counts as read when the next one begins or the response
/// has come to its proven end. For one thread.
final class JournalResponseReader implements JournalParser.Visitor {
  /// Maximum bytes of an entry held until it is known to be complete; a longer one is streamed.
  private static final int HELD_BYTES = 256 << 10;

  private static final int MAX_FOREIGN_BYTES = 500;

  /// Usual disorder of entries: a stamp is its sender's, the order the journal's.
  private static final long DISORDER_MICROS = 500_000;

  /// Distance beyond the newest known entry at which the search for it ends.
  private static final long SLACK_MICROS = 60_000_000;

  /// A test of the first entry's stamp, which decides whether to continue.
  interface FirstEntry {
    boolean accept(long micros);
  }

  private final JournalProgress progress;
  private final FirstEntry first;
  private final Optional<DedupWindow.Search> search;
  private final Optional<DedupWindow.Counts> counts;
  private final long notBefore;
  private final long earliest;
  private final ByteArrayOutputStream foreign = new ByteArrayOutputStream();
  private final ByteArrayOutputStream mark = new ByteArrayOutputStream();
  private final CRC32C checksum = new CRC32C();
  private byte[] held = new byte[4096];
  private int heldLength;
  private JournalParser.Kind line = JournalParser.Kind.FOREIGN;
  private boolean open;
  private boolean flowing;
  private boolean dropping;
  private long micros;
  private long entries;
  private long previous;
  private boolean begun;
  private boolean lost;

  private JournalResponseReader(
      JournalProgress progress,
      FirstEntry first,
      Optional<DedupWindow.Search> search,
      Optional<DedupWindow.Counts> counts,
      long notBefore) {
    this.progress = progress;
    this.first = first;
    this.search = search;
    this.counts = counts;
    this.notBefore = notBefore;
    this.earliest = search.isPresent() ? progress.overlap().earliest() : Long.MIN_VALUE;
    this.previous = search.isPresent() ? progress.overlap().last() : Long.MIN_VALUE;
  }

  /// A reader of a response that continues where the earlier responses ended.
  static JournalResponseReader following(JournalProgress progress, FirstEntry first) {
    var search =
        progress.overlap().isEmpty()
            ? Optional.<DedupWindow.Search>empty()
            : Optional.of(progress.overlap().search());
    return new JournalResponseReader(
        progress, first, search, Optional.empty(), progress.notBefore());
  }

  /// A reader of a response in which the newest entries were not found again in their order: known
  /// entries are skipped one by one.
  static JournalResponseReader sorting(JournalProgress progress, FirstEntry first) {
    var counts = Optional.of(progress.overlap().counts());
    return new JournalResponseReader(
        progress, first, Optional.empty(), counts, progress.overlap().earliest());
  }

  /// The number of entries in the response, new or not.
  long entries() {
    return entries;
  }

  /// Returns whether the known entries are missing in the response, so that nothing of it could be
  /// used.
  boolean isLost() {
    return lost;
  }

  /// The messages of journalctl between the entries; empty if there are none.
  String foreignWords() {
    return foreign.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public boolean begin(JournalParser.Kind kind, long stamp) throws IOException {
    // A continuation line without an entry does not belong to a journal.
    line = kind == JournalParser.Kind.CONTINUED && !open ? JournalParser.Kind.FOREIGN : kind;
    if (kind == JournalParser.Kind.CONTINUED || kind == JournalParser.Kind.FOREIGN) {
      return true;
    }
    finishEntry();
    if (lost || progress.cut().isPast()) {
      return false;
    }
    mark.reset();
    if (kind == JournalParser.Kind.MARK) {
      return true;
    }
    if (entries++ == 0 && !first.accept(stamp)) {
      return false;
    }
    micros = stamp;
    open = true;
    return true;
  }

  @Override
  public void bytes(byte[] buffer, int from, int to) throws IOException {
    if (line == JournalParser.Kind.MARK) {
      mark.write(buffer, from, Math.min(to - from, 4096 - Math.min(4096, mark.size())));
      if (buffer[to - 1] == '\n' && !isReplaying()) {
        progress.cut().mark(mark.toByteArray());
      }
      return;
    }
    if (line == JournalParser.Kind.FOREIGN) {
      foreign.write(
          buffer, from, Math.max(0, Math.min(to - from, MAX_FOREIGN_BYTES - foreign.size())));
      return;
    }
    if (!open) {
      return;
    }
    checksum.update(buffer, from, to - from);
    if (flowing) {
      flow(buffer, from, to);
      return;
    }
    if (heldLength + to - from > HELD_BYTES) {
      startFlowing();
      flow(buffer, from, to);
      return;
    }
    if (heldLength + to - from > held.length) {
      held = Arrays.copyOf(held, Math.max(2 * held.length, heldLength + to - from));
    }
    System.arraycopy(buffer, from, held, heldLength, to - from);
    heldLength += to - from;
  }

  /// Ends a response whose last entry is known to be complete.
  void finish() throws IOException {
    finishEntry();
    if (search.isPresent() && !search.get().isFound()) {
      lost = true;
    }
  }

  /// Ends a truncated response: its last entry may be incomplete, and will be repeated.
  void breakOff() {
    if (open && flowing && !dropping) {
      progress.breakOffFlow(micros);
    }
  }

  /// Ends a response that no other gets beyond: its last entry is used as it is, if its line is
  /// complete.
  void finishStalled() throws IOException {
    if (open && !flowing && heldLength > 0 && held[heldLength - 1] == '\n') {
      finishEntry();
    }
  }

  private void finishEntry() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    int sum = (int) checksum.getValue();
    checksum.reset();
    if (isReplayed()) {
      replay(sum);
    } else if (!flowing) {
      boolean known = counts.isPresent() && counts.get().take(micros, sum);
      if (!known && progress.cut().wants(micros, held, heldLength)) {
        progress.cut().begin(held, heldLength);
      }
      read(sum);
    } else {
      progress.endFlow();
      read(sum);
    }
    heldLength = 0;
    flowing = false;
    dropping = false;
  }

  /// Returns whether the entry is before the place where the earlier responses ended.
  private boolean isReplayed() {
    if (search.isPresent()) {
      return !search.get().isFound();
    }
    return !begun && micros < notBefore;
  }

  /// Returns whether nothing new has come yet.
  private boolean isReplaying() {
    return search.isPresent() ? !search.get().isFound() : !begun;
  }

  private void replay(int sum) {
    if (search.isEmpty()) {
      return;
    }
    search.get().accept(micros, sum);
    lost = !search.get().isFound() && micros > progress.overlap().latest() + SLACK_MICROS;
  }

  private void read(int sum) {
    // The query excluded the entries that a clock set back stamped with times before its start.
    boolean back = micros < previous - DISORDER_MICROS && micros < earliest + SLACK_MICROS;
    if (back) {
      progress.clockWentBack(micros);
    }
    previous = micros;
    if (counts.isPresent() && !begun) {
      progress.overlap().clear();
    }
    begun = true;
    progress.overlap().add(micros, sum);
  }

  private void startFlowing() throws IOException {
    flowing = true;
    dropping = isReplayed() || !progress.cut().wants(micros, held, heldLength);
    flow(held, 0, heldLength);
    heldLength = 0;
  }

  private void flow(byte[] buffer, int from, int to) throws IOException {
    if (!dropping) {
      progress.flow(micros, buffer, from, to);
    }
  }
}
