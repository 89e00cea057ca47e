package dev.diagbundle.bundle.truncate;

import module java.base;

/// A filter that passes on the chosen parts of a log, with a [TruncationMarker] in place of each of
/// the others. Markers of an earlier truncation that are left out are merged into the new ones. For
/// one thread.
public final class LogTruncator {
  private final KeptRanges choice;
  private final List<TruncationMarker> old;
  private final TruncationMarker.Limit limit;
  private final OutputStream out;
  private final List<TruncationMarker> notes = new ArrayList<>();
  private Truncation.Missing gap = Truncation.Missing.NOTHING;
  private StampSpan span = new StampSpan();
  private long gapBytes;
  private long gapLines;
  private boolean inGap;
  private boolean endsLine;
  private boolean inTail;
  private int next;
  private long position;
  private long written;
  private long kept;
  private byte last = '\n';

  /// @param old markers that are in the log already
  /// @param limit because of which it is truncated
  public LogTruncator(
      KeptRanges choice,
      List<TruncationMarker> old,
      TruncationMarker.Limit limit,
      OutputStream out) {
    this.choice = choice;
    this.old = old;
    this.limit = limit;
    this.out = out;
  }

  public void take(byte[] bytes, int count) throws IOException {
    int at = 0;
    while (at < count) {
      while (next < choice.parts().size() && position >= choice.parts().get(next).to()) {
        next++;
      }
      boolean keeps = inTail;
      int end;
      if (inTail) {
        end = count;
      } else if (next < choice.parts().size()) {
        var part = choice.parts().get(next);
        keeps = position >= part.from();
        end = until(keeps ? part.to() : part.from(), at, count);
      } else if (position < choice.tail()) {
        end = until(choice.tail(), at, count);
      } else {
        end = lineStart(bytes, at, count);
      }
      if (keeps) {
        keep(bytes, at, end);
      } else {
        skip(bytes, at, end);
      }
      if (end > at) {
        last = bytes[end - 1];
      }
      position += end - at;
      at = end;
    }
  }

  /// Takes a part of the log that is not among the kept ranges, and whose content is gone. It ends
  /// with a line.
  public void omit(Truncation.Missing part) {
    begin();
    addCounted();
    gap = gap.and(part);
    position += part.bytes();
    last = '\n';
  }

  /// Ends the log.
  ///
  /// @return the markers in it; empty if it contains nothing else
  public List<TruncationMarker> end() throws IOException {
    endGap();
    return kept == 0 ? List.of() : List.copyOf(notes);
  }

  private int until(long place, int at, int count) {
    return (int) Math.min(count, at + place - position);
  }

  /// The start of the newest part, which must be the start of a line.
  private int lineStart(byte[] bytes, int at, int count) {
    if (last == '\n') {
      inTail = true;
      return at;
    }
    for (int i = at; i < count; i++) {
      if (bytes[i] == '\n') {
        inTail = true;
        return i + 1;
      }
    }
    return count;
  }

  private void keep(byte[] bytes, int at, int end) throws IOException {
    if (end == at) {
      return;
    }
    endGap();
    for (TruncationMarker note : old) {
      if (note.offset() >= position && note.offset() < position + end - at) {
        notes.add(note.at(written + note.offset() - position));
      }
    }
    out.write(bytes, at, end - at);
    written += end - at;
    kept += end - at;
  }

  private void skip(byte[] bytes, int at, int end) {
    if (end == at) {
      return;
    }
    begin();
    int from = at;
    for (TruncationMarker note : old) {
      long begin = at + note.offset() - position;
      long behind = begin + note.bytes();
      if (behind <= from || begin >= end) {
        continue;
      }
      if (begin >= from) {
        count(bytes, from, (int) begin);
        addCounted();
        gap = gap.and(note.missing());
      }
      from = (int) Math.min(end, behind);
    }
    count(bytes, from, end);
  }

  private void begin() {
    if (!inGap) {
      inGap = true;
      endsLine = last != '\n';
    }
  }

  private void count(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      gapLines += bytes[i] == '\n' ? 1 : 0;
    }
    gapBytes += end - from;
    span.take(bytes, from, end - from);
  }

  private void addCounted() {
    var found = span.found();
    gap = gap.and(new Truncation.Missing(gapBytes, gapLines, found.from(), found.to()));
    gapBytes = 0;
    gapLines = 0;
    span = new StampSpan();
  }

  private void endGap() throws IOException {
    if (!inGap) {
      return;
    }
    addCounted();
    var note = TruncationMarker.of(written, gap, endsLine, limit);
    notes.add(note);
    out.write(note.text());
    written += note.bytes();
    gap = Truncation.Missing.NOTHING;
    inGap = false;
  }
}
