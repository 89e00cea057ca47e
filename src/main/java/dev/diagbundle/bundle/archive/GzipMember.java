package dev.diagbundle.bundle.archive;

import module java.base;

/// A complete gzip member of in-memory content.
public final class GzipMember {
  /// The smallest member there is: header, empty deflate block, trailer.
  public static final int MIN_BYTES = 20;

  private GzipMember() {}

  /// One member that holds the bytes.
  public static byte[] of(byte[] content) {
    var member = new ByteArrayOutputStream(256);
    try (var gzip = new GZIPOutputStream(member)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return member.toByteArray();
  }

  /// The maximum compressed size of a content of this size: deflate stores incompressible data.
  public static long maxBytes(long content) {
    return content + (content >> 10) + 64;
  }
}
