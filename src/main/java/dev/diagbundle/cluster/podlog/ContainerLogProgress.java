package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.DedupWindow;
import dev.diagbundle.model.TimeWindow;

/// What is known of a container's log over all its answers: the lines that were read last, and the
/// way of those of the window into the bundle. For one thread.
final class ContainerLogProgress {
  private final TimeWindow window;
  private final boolean previous;
  private final OutputStream out;
  private final DedupWindow overlap = new DedupWindow();
  private Optional<DedupWindow.Counts> counts = Optional.empty();
  private Optional<Instant> last = Optional.empty();
  private Optional<String> said = Optional.empty();
  private long kept;
  private long read;
  private long unstamped;
  private long flowed;
  private int flowedHead;
  private boolean broken;

  /// @param previous whether the log is that of a run that is over, which is wanted from its
  ///   beginning
  ContainerLogProgress(TimeWindow window, boolean previous, OutputStream out) {
    this.window = window;
    this.previous = previous;
    this.out = out;
  }

  DedupWindow overlap() {
    return overlap;
  }

  /// Lines from before a rotation that may come once more.
  Optional<DedupWindow.Counts> counts() {
    return counts;
  }

  /// From now on lines that were read are known one by one, wherever they stand.
  void sort() {
    counts = Optional.of(overlap.counts());
  }

  /// How many lines went into the bundle.
  long kept() {
    return kept;
  }

  /// How much is new, in any unit: it grows with every new line and part of one.
  long read() {
    return read;
  }

  /// The stamp of the newest line that was read.
  Optional<Instant> last() {
    return last;
  }

  Optional<String> said() {
    return said;
  }

  void say(String words) {
    said = Optional.of(words);
  }

  /// Whether some line lacks its end.
  boolean hasBroken() {
    return broken;
  }

  /// Whether an answer that broke off can be gone on with: not by lines that have no stamp.
  boolean canResume() {
    return unstamped == 0 || !overlap.isEmpty();
  }

  /// Whether a line of this time is wanted.
  boolean wants(Instant stamp) {
    return stamp.isBefore(window.to()) && (previous || !stamp.isBefore(window.from()));
  }

  /// Whether no line of the window can follow one of this time: the stamps of two streams are not
  /// quite in their order.
  boolean isPast(Instant stamp) {
    return !stamp.isBefore(window.to().plusSeconds(2));
  }

  /// Learns that a line was read whole.
  ///
  /// @param stamp of it, or of the one before it; empty if there was none yet
  void add(Optional<Instant> stamp, int checksum) {
    read++;
    if (stamp.isEmpty()) {
      unstamped++;
      return;
    }
    last = stamp;
    overlap.add(micros(stamp.get()), checksum);
  }

  /// Writes a whole line.
  void write(byte[] line, int length) throws IOException {
    kept++;
    out.write(line, 0, length);
  }

  /// Writes a part of a long line, unless an answer before has brought it.
  ///
  /// @param at where in the line it stands
  void flow(long at, byte[] buffer, int from, int to) throws IOException {
    long end = at + to - from;
    if (end > flowed) {
      int known = (int) Math.max(0, flowed - at);
      out.write(buffer, from + known, to - from - known);
      read++;
      flowed = end;
    }
  }

  /// A long line begins, or goes on if it is the one that broke off.
  ///
  /// @param head checksum of its beginning
  void beginFlow(int head) throws IOException {
    if (flowed > 0 && head == flowedHead) {
      return;
    }
    endBroken();
    flowedHead = head;
    kept++;
  }

  void endFlow() {
    flowed = 0;
  }

  /// The long line that broke off will not be gone on with: the next one begins on its own.
  void endBroken() throws IOException {
    if (flowed > 0) {
      flowed = 0;
      broken = true;
      out.write('\n');
    }
  }

  static long micros(Instant stamp) {
    return stamp.getEpochSecond() * 1_000_000L + stamp.getNano() / 1_000;
  }
}
