package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.DedupWindow;

/// A reader of one container log response, line by line: known lines are skipped, the others are
/// passed to the [ContainerLogProgress]. A line counts as read when its line feed has come or the
/// response has come to its end. For one thread.
final class ContainerLogResponseReader {
  /// Maximum bytes of a line held until it is known to be complete; a longer one is streamed.
  static final int HELD_BYTES = 32 << 10;

  /// Distance beyond the newest line read at which the search for it ends.
  private static final long SLACK_MICROS = 60_000_000;

  private static final int MAX_STAMP = 36;

  private final ContainerLogProgress cut;
  private final Optional<DedupWindow.Search> search;
  private final CRC32C checksum = new CRC32C();
  private boolean sorting;
  private byte[] held = new byte[512];
  private int length;
  private boolean flowing;
  private boolean dropping;
  private boolean replayed;
  private long at;
  private Optional<Instant> stamp = Optional.empty();
  private Optional<byte[]> error = Optional.empty();
  private boolean begun;
  private boolean known;
  private boolean lost;
  private boolean past;

  /// @param sorting whether the newest lines were not found again in their order, so that known
  ///   lines are skipped one by one
  ContainerLogResponseReader(ContainerLogProgress cut, boolean sorting) {
    this.cut = cut;
    this.sorting = sorting;
    this.search =
        sorting || cut.overlap().isEmpty() ? Optional.empty() : Optional.of(cut.overlap().search());
  }

  /// Returns whether any line counted, new or known.
  boolean hasBegun() {
    return begun;
  }

  /// Returns whether a line came that was read before.
  boolean hasKnown() {
    return known;
  }

  /// Returns whether the known lines are missing in the response, so that nothing of it could be
  /// used.
  boolean isLost() {
    return lost;
  }

  /// Reads to the end of the response, or of the window.
  void copy(InputStream in) throws IOException {
    var buffer = new byte[16 << 10];
    for (int count = in.read(buffer); count >= 0 && !past && !lost; count = in.read(buffer)) {
      int from = 0;
      while (from < count && !past && !lost) {
        int end = from;
        while (end < count && buffer[end] != '\n') {
          end++;
        }
        boolean ended = end < count;
        end += ended ? 1 : 0;
        take(buffer, from, end);
        if (ended) {
          endLine();
        }
        from = end;
      }
      if (past || lost) {
        return;
      }
    }
  }

  /// Ends a complete response.
  void finish() throws IOException {
    if (lost) {
      return;
    }
    if (!past && (length > 0 || flowing)) {
      endLine();
    }
    if (search.isPresent() && !search.get().isFound() && error.isEmpty()) {
      lost = true;
      return;
    }
    error.flatMap(line -> ContainerLogError.of(line, line.length)).ifPresent(cut::say);
    cut.endBroken();
  }

  /// Ends a truncated response: its last line will be repeated.
  void breakOff() {
    length = 0;
    flowing = false;
  }

  private void take(byte[] buffer, int from, int to) throws IOException {
    int rest = from;
    if (!flowing) {
      int part = Math.min(to - from, HELD_BYTES - length);
      if (length + part > held.length) {
        held = Arrays.copyOf(held, Math.min(HELD_BYTES, Math.max(2 * held.length, length + part)));
      }
      System.arraycopy(buffer, from, held, length, part);
      length += part;
      rest += part;
      if (rest == to) {
        return;
      }
      startFlowing();
    }
    if (!dropping) {
      cut.flow(at, buffer, rest, to);
    }
    at += to - rest;
  }

  private void startFlowing() throws IOException {
    flushError();
    stamp = stampOf(held, length).or(() -> stamp);
    int sum = checksum();
    flowing = true;
    replayed = replaying();
    dropping = isKnown(sum) || stamp.map(time -> !cut.wants(time)).orElse(false);
    if (!dropping) {
      cut.beginFlow(sum);
      cut.flow(0, held, 0, length);
    }
    at = length;
  }

  private void endLine() throws IOException {
    if (flowing) {
      if (!replayed) {
        cut.add(stamp, checksum());
      }
      if (!dropping) {
        cut.endFlow();
      }
    } else {
      line();
    }
    length = 0;
    flowing = false;
  }

  private void line() throws IOException {
    var time = stampOf(held, length);
    if (time.isEmpty() && ContainerLogError.of(held, length).isPresent()) {
      flushError();
      error = Optional.of(Arrays.copyOf(held, length));
      return;
    }
    flushError();
    stamp = time.or(() -> stamp);
    int sum = checksum();
    replayed = replaying();
    if (!isKnown(sum)) {
      // A line of this length is not the long one that broke off.
      cut.endBroken();
      if (stamp.map(cut::wants).orElse(true)) {
        cut.write(held, length);
      }
    }
    if (!replayed) {
      cut.add(stamp, sum);
    }
    past = stamp.map(cut::isPast).orElse(false);
  }

  /// Writes the supposed error as a line: another line follows it, so it is none.
  private void flushError() throws IOException {
    if (error.isEmpty()) {
      return;
    }
    var line = error.get();
    error = Optional.empty();
    if (!replaying() && stamp.map(cut::wants).orElse(true)) {
      cut.write(line, line.length);
    }
  }

  private boolean replaying() {
    return search.isPresent() && !search.get().isFound();
  }

  /// Returns whether the line was read in an earlier response.
  private boolean isKnown(int sum) {
    if (replaying()) {
      long micros = stamp.map(ContainerLogProgress::micros).orElse(Long.MIN_VALUE);
      search.orElseThrow().accept(micros, sum);
      lost = replaying() && micros > cut.overlap().latest() + SLACK_MICROS;
      return true;
    }
    if (sorting) {
      sorting = false;
      cut.sort();
      cut.overlap().clear();
    }
    begun = true;
    boolean again =
        cut.counts().isPresent()
            && stamp.isPresent()
            && cut.counts().get().take(ContainerLogProgress.micros(stamp.get()), sum);
    known |= again;
    return again;
  }

  /// The checksum of the line's beginning, so that a long line is recognized before it is complete.
  private int checksum() {
    checksum.reset();
    checksum.update(held, 0, length);
    return (int) checksum.getValue();
  }

  private static Optional<Instant> stampOf(byte[] line, int length) {
    int end = 0;
    int most = Math.min(length, MAX_STAMP);
    while (end < most && line[end] != ' ' && line[end] != '\n') {
      end++;
    }
    if (end < "2026-11-21T03:14:29Z".length() || line[end - 1] > 'Z') {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(new String(line, 0, end, StandardCharsets.ISO_8859_1)));
    } catch (DateTimeException e) {
      // A line without a stamp: it belongs to the one before.
      return Optional.empty();
    }
  }
}
