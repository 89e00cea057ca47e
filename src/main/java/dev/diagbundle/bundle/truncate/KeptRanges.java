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
  private static final int BINARY_BYTES = 8 * 1024;

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
    long room = wanted - MAX_GAPS * TruncationMarker.MAX_BYTES;
    if (room <= 0) {
      return Optional.empty();
    }
    // At most half of the space is for errors.
    var search = new ErrorSearch(room / 12, room / 6);
    try (var in = log.open()) {
      var buffer = new byte[BUFFER];
      long at = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (isBinary(buffer, Math.clamp(BINARY_BYTES - at, 0, count))) {
          return Optional.empty();
        }
        at += count;
        search.take(buffer, count);
      }
    }
    return Optional.of(of(search.parts(), bytes, room));
  }

  private static KeptRanges of(List<Part> errors, long bytes, long room) {
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
    for (int i = 0; i < count; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
