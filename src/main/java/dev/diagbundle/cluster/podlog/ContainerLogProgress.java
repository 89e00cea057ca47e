package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.DedupWindow;
import dev.diagbundle.model.TimeWindow;

/// The read position in a container's log over all its responses: the last lines read, and the
/// output for the lines of the window. For one thread.
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

  /// @param previous whether the log is that of a terminated run, which is wanted from its
  ///   beginning
  ContainerLogProgress(TimeWindow window, boolean previous, OutputStream out) {
    this.window = window;
    this.previous = previous;
    this.out = out;
  }

  DedupWindow overlap() {
    return overlap;
  }

  /// The known lines from before a rotation, which may be repeated.
  Optional<DedupWindow.Counts> counts() {
    return counts;
  }

  /// Switches to recognizing known lines one by one, in any order.
  void sort() {
    counts = Optional.of(overlap.counts());
  }

  /// The number of lines written.
  long kept() {
    return kept;
  }

  /// A measure of progress, in any unit: it grows with every new line and part of one.
  long read() {
    return read;
  }

  /// The stamp of the newest line read.
  Optional<Instant> last() {
    return last;
  }

  Optional<String> said() {
    return said;
  }

  void say(String words) {
    said = Optional.of(words);
  }

  /// Returns whether a line is incomplete.
  boolean hasBroken() {
    return broken;
  }

  /// Returns whether a truncated response can be resumed: not if its lines have no stamp.
  boolean canResume() {
    return unstamped == 0 || !overlap.isEmpty();
  }

  /// Returns whether a line of this time is wanted.
  boolean wants(Instant stamp) {
    return stamp.isBefore(window.to()) && (previous || !stamp.isBefore(window.from()));
  }

  /// Returns whether no line of the window can follow one of this time: the stamps of two streams
  /// are not quite in order.
  boolean isPast(Instant stamp) {
    return !stamp.isBefore(window.to().plusSeconds(2));
  }

  /// Records that a line was read completely.
  ///
  /// @param stamp its stamp, or that of the line before it; empty if there was none yet
  void add(Optional<Instant> stamp, int checksum) {
    read++;
    if (stamp.isEmpty()) {
      unstamped++;
      return;
    }
    last = stamp;
    overlap.add(micros(stamp.get()), checksum);
  }

  /// Writes a complete line.
  void write(byte[] line, int length) throws IOException {
    kept++;
    out.write(line, 0, length);
  }

  /// Writes a part of a long line, except the bytes of an earlier response.
  ///
  /// @param at offset of the part in the line
  void flow(long at, byte[] buffer, int from, int to) throws IOException {
    long end = at + to - from;
    if (end > flowed) {
      int known = (int) Math.max(0, flowed - at);
      out.write(buffer, from + known, to - from - known);
      read++;
      flowed = end;
    }
  }

  /// Begins a long line, or continues it if it is the one that broke off.
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

  /// Ends the long line that broke off and will not be continued: the next one begins on a line of
  /// its own.
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
