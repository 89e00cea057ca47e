package dev.diagbundle.bundle.truncate;

import module java.base;

/// The ranges of a log that are kept, by their offsets in it: the surroundings of its first and its
/// newest error, and the first line that starts after the last offset, with all that follow.
///
/// @param parts before the newest lines, in their order, which do not overlap
/// @param tail earliest start of the newest lines
public record KeptRanges(List<Part> parts, long tail) {
  private static final int BUFFER = 64 * 1024;

  /// Before each of two errors, and before the newest lines.
  private static final int MAX_GAPS = 3;

  /// No log has a zero in these bytes, as little as a compressed file lacks one.
  static final int BINARY_BYTES = 8 * 1024;

  public KeptRanges {
    parts = List.copyOf(parts);
  }

  /// A part of a log.
  ///
  /// @param from its start
  /// @param to its end
  record Part(long from, long to) {
    long bytes() {
      return to - from;
    }
  }

  /// Opens the log's content. The caller closes the stream.
  public interface Content {
    InputStream open() throws IOException;
  }

  /// @param bytes of the log
  /// @param wanted maximum number of them to keep
  /// @return empty if it has no lines
  public static Optional<KeptRanges> of(Content log, long bytes, long wanted) throws IOException {
    long room = room(wanted);
    if (room <= 0) {
      return Optional.empty();
    }
    var search = search(room);
    try (var in = log.open()) {
      var buffer = new byte[BUFFER];
      long at = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (isBinary(buffer, Math.clamp(BINARY_BYTES - at, 0, count))) {
          return Optional.empty();
        }
        at += count;
        search.take(buffer, 0, count);
      }
    }
    return Optional.of(of(search.parts(), bytes, room));
  }

  /// The newest bytes of a log without lines.
  public static KeptRanges newest(long bytes, long wanted) {
    long from = Math.max(0, bytes - Math.max(1, room(wanted)));
    return new KeptRanges(List.of(new Part(from, bytes)), bytes);
  }

  /// These without a span of the log whose content is gone, which is before the newest lines.
  public KeptRanges without(long from, long to) {
    var left = new ArrayList<Part>();
    for (Part part : parts) {
      if (part.from < from) {
        left.add(new Part(part.from, Math.min(part.to, from)));
      }
      if (part.to > to) {
        left.add(new Part(Math.max(part.from, to), part.to));
      }
    }
    return new KeptRanges(left, tail);
  }

  /// The bytes for lines, without those for markers.
  static long room(long wanted) {
    return wanted - MAX_GAPS * TruncationMarker.MAX_BYTES;
  }

  /// A search whose findings take at most half of the room.
  static ErrorSearch search(long room) {
    return new ErrorSearch(room / 12, room / 6);
  }

  static KeptRanges of(List<Part> errors, long bytes, long room) {
    var parts = new ArrayList<Part>();
    long tail = Math.max(0, bytes - room);
    for (Part error : errors) {
      // An error within the newest lines needs no surroundings.
      if (error.from() < tail) {
        parts.add(error);
        tail = Math.max(error.to(), tail + error.bytes());
      }
    }
    return new KeptRanges(parts, tail);
  }

  private static boolean isBinary(byte[] bytes, int count) {
    return isBinary(bytes, 0, count);
  }

  static boolean isBinary(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
