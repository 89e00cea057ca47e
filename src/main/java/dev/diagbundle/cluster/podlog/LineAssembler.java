package dev.diagbundle.cluster.podlog;

import module java.base;

import java.util.Objects;

/// An assembler of lines whose parts come in turn from several streams of one container. The parts
/// of one line are written as they come; the parts of the other streams are held until that line
/// ends. If too much is held, the line is ended early, so that a line may have any length and
/// memory is bounded.
final class LineAssembler {
  /// Maximum bytes held per stream. A runtime cuts lines into parts of 16 KiB.
  static final int MAX_HELD_BYTES = 128 << 10;

  /// Source of a part.
  enum Origin {
    STDOUT,
    STDERR,
    /// A line in an unknown format; it has one part.
    UNKNOWN
  }

  private final OutputStream out;
  private final Map<Origin, Strand> strands = new EnumMap<>(Origin.class);
  private Origin open = Origin.UNKNOWN;
  private boolean isOpen;
  private long kept;
  private long split;

  /// The state of one origin's current line.
  private static final class Strand {
    private boolean inLine;
    private boolean keeping;
    private boolean endedEarly;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private int whole;
  }

  /// @param out is not closed
  LineAssembler(OutputStream out) {
    this.out = out;
    for (Origin origin : Origin.values()) {
      strands.put(origin, new Strand());
    }
  }

  /// Number of lines written so far.
  long kept() {
    return kept;
  }

  /// Number of lines that were ended early.
  long split() {
    return split;
  }

  /// Returns whether no line that is kept waits for its end.
  boolean isIdle() {
    return strands.values().stream().noneMatch(strand -> strand.inLine && strand.keeping);
  }

  /// Begins a part.
  ///
  /// @param head text to be written before the part if it is the first of its line
  /// @param keep whether the line is wanted; later parts follow the first
  void begin(Origin origin, String head, boolean keep) throws IOException {
    var strand = strand(origin);
    boolean first = !strand.inLine;
    if (first) {
      strand.inLine = true;
      strand.keeping = keep;
      kept += keep ? 1 : 0;
    }
    if (strand.keeping && (first || strand.endedEarly)) {
      strand.endedEarly = false;
      write(origin, head.getBytes(StandardCharsets.ISO_8859_1), 0, head.length());
    }
  }

  /// Continues the part that was begun.
  void text(Origin origin, byte[] bytes, int from, int count) throws IOException {
    if (strand(origin).keeping) {
      write(origin, bytes, from, count);
    }
  }

  /// Ends the part.
  ///
  /// @param lineGoesOn whether another part of the same line follows
  void end(Origin origin, boolean lineGoesOn) throws IOException {
    var strand = strand(origin);
    if (lineGoesOn) {
      return;
    }
    strand.inLine = false;
    if (!strand.keeping || strand.endedEarly) {
      strand.endedEarly = false;
      return;
    }
    if (isOpen && open != origin) {
      strand.held.write('\n');
      strand.whole = strand.held.size();
      return;
    }
    out.write('\n');
    isOpen = false;
    release(origin);
  }

  /// Ends all lines that are still open, at the end of the input.
  void finish() throws IOException {
    if (isOpen) {
      end(open, false);
    }
    for (Origin origin : Origin.values()) {
      if (strand(origin).inLine) {
        end(origin, false);
      }
    }
  }

  private void write(Origin origin, byte[] bytes, int from, int count) throws IOException {
    if (isOpen && open != origin) {
      var held = strand(origin).held;
      held.write(bytes, from, count);
      if (held.size() > MAX_HELD_BYTES) {
        giveWayTo(origin);
      }
      return;
    }
    open = origin;
    isOpen = true;
    out.write(bytes, from, count);
  }

  private void giveWayTo(Origin origin) throws IOException {
    strand(open).endedEarly = true;
    split++;
    out.write('\n');
    isOpen = false;
    release(origin);
  }

  /// Writes the parts that were held while a line was open. One incomplete line may become the open
  /// one; others continue to wait.
  private void release(Origin preferred) throws IOException {
    for (Strand strand : strands.values()) {
      if (strand.whole > 0) {
        var held = strand.held.toByteArray();
        out.write(held, 0, strand.whole);
        strand.held.reset();
        strand.held.write(held, strand.whole, held.length - strand.whole);
        strand.whole = 0;
      }
    }
    var next = strand(preferred).held.size() > 0 ? preferred : firstHeld(preferred);
    var held = strand(next).held;
    if (held.size() > 0) {
      held.writeTo(out);
      held.reset();
      open = next;
      isOpen = true;
    }
  }

  private Origin firstHeld(Origin fallback) {
    for (var entry : strands.entrySet()) {
      if (entry.getValue().held.size() > 0) {
        return entry.getKey();
      }
    }
    return fallback;
  }

  private Strand strand(Origin origin) {
    return Objects.requireNonNull(strands.get(origin));
  }
}
