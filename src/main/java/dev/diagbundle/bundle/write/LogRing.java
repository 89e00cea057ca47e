package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.truncate.GrowingLog;
import dev.diagbundle.bundle.truncate.KeptRanges;
import dev.diagbundle.bundle.truncate.LogTruncator;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.bundle.truncate.Truncation.Missing;
import dev.diagbundle.bundle.truncate.TruncationMarker;

/// A log that has become longer than its limit: a ring of segments in temporary files, of which the
/// oldest are dropped, except those around its first and its newest error. For one thread; closing
/// it discards what is left.
///
/// The files hold the first part up to the limit (while something in it is needed), the newest part
/// up to the limit, and at most half of the limit around errors, in whole segments: all of them
/// compressed. At the end the kept part is compressed once more. So it takes at most four times the
/// limit of disk, if the log cannot be compressed, and usually less than half of it.
final class LogRing implements Closeable {
  private static final int SEGMENTS = 8;
  private static final long MIN_SEGMENT = 64 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final SpoolFolder spools;
  private final long maxBytes;
  private final GrowingLog log;
  private List<LogSegment.Part> parts = new ArrayList<>();
  private LogSegment open;

  /// The part of the log that is kept.
  ///
  /// @param bytes size of the whole log
  /// @param lines number of lines of the whole log
  /// @param span of the stamps of the whole log
  /// @param notes markers of the omitted parts; none if it has no lines
  record Kept(
      CompressedContent content,
      long bytes,
      long lines,
      StampSpan.Found span,
      List<TruncationMarker> notes) {}

  /// @param head the log up to its limit, which is closed with this ring
  /// @param name of the log, for messages
  LogRing(SpoolFolder spools, CompressedContent head, String name, long maxBytes)
      throws IOException {
    this.spools = spools;
    this.maxBytes = maxBytes;
    this.log = new GrowingLog(maxBytes);
    var span = head.span();
    head.finish();
    var about = new Missing(head.bytes(), head.lines(), span.from(), span.to());
    parts.add(new LogSegment.Part(0, about, new Head(head, name)));
    try (var in = head.open(name)) {
      var buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        log.take(buffer, 0, count);
      }
    }
    this.open = segment();
  }

  private record Head(CompressedContent content, String name) implements LogSegment.Content {
    @Override
    public InputStream open() throws IOException {
      return content.open(name);
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /// The number of bytes of the log so far.
  long bytes() {
    return log.bytes();
  }

  void write(byte[] buffer, int from, int count) throws IOException {
    int end = from + count;
    for (int at = from; at < end; ) {
      int part = open.fitting(buffer, at, end - at);
      log.take(buffer, at, part);
      open.write(buffer, at, part);
      at += part;
      if (open.isFull()) {
        parts.add(open.end());
        dropOld();
        open = segment();
      }
    }
  }

  /// Ends the log. The caller closes the content.
  Kept end() throws IOException {
    parts.add(open.end());
    var all = Missing.NOTHING;
    for (LogSegment.Part part : parts) {
      all = all.and(part.about());
    }
    var span = new StampSpan.Found(all.from(), all.to());
    if (!log.hasLines()) {
      return new Kept(newestBytes(), all.bytes(), all.lines(), span, List.of());
    }
    var content = new CompressedContent(spools, false);
    try {
      var notes = truncate(log.end(), content);
      if (notes.isEmpty()) {
        // A line that is longer than all that may be kept.
        content.close();
        content = new CompressedContent(spools, false);
        notes = truncate(KeptRanges.newest(log.bytes(), maxBytes), content);
      }
      return new Kept(content, all.bytes(), all.lines(), span, notes);
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    open.close();
    for (LogSegment.Part part : parts) {
      if (part.content() != null) {
        part.content().close();
      }
    }
    parts = new ArrayList<>();
  }

  private LogSegment segment() throws IOException {
    return new LogSegment(spools, log.bytes(), Math.max(MIN_SEGMENT, maxBytes / SEGMENTS));
  }

  private void dropOld() throws IOException {
    var left = new ArrayList<LogSegment.Part>();
    for (LogSegment.Part part : parts) {
      var kept = part;
      if (part.content() != null
          && log.bytes() - part.to() >= maxBytes
          && !log.needs(part.from(), part.to())) {
        part.content().close();
        kept = part.dropped();
      }
      if (kept.content() == null && !left.isEmpty() && left.getLast().content() == null) {
        var before = left.removeLast();
        kept = new LogSegment.Part(before.from(), before.about().and(kept.about()), null);
      }
      left.add(kept);
    }
    parts = left;
  }

  private List<TruncationMarker> truncate(KeptRanges choice, CompressedContent content)
      throws IOException {
    var present = choice;
    for (LogSegment.Part part : parts) {
      present = part.content() == null ? present.without(part.from(), part.to()) : present;
    }
    var out = new LogTruncator(present, List.of(), TruncationMarker.Limit.ITEM, content);
    for (LogSegment.Part part : parts) {
      if (part.content() == null) {
        out.omit(part.about());
        continue;
      }
      try (var in = part.content().open()) {
        var buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          out.take(buffer, count);
        }
      }
    }
    return out.end();
  }

  /// The newest part of what is no log, without a marker, which would damage it.
  private CompressedContent newestBytes() throws IOException {
    var content = new CompressedContent(spools, false);
    try {
      for (LogSegment.Part part : parts) {
        long skipped = Math.max(0, log.bytes() - maxBytes - part.from());
        if (part.content() == null || skipped >= part.about().bytes()) {
          continue;
        }
        try (var in = part.content().open()) {
          in.skipNBytes(skipped);
          in.transferTo(content);
        }
      }
      return content;
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }
}
