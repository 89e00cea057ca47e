package dev.diagbundle.bundle.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Whole gzip members of content that is at hand.
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

  /// What a content of this size takes at most, compressed: deflate stores what it cannot shrink.
  public static long maxBytes(long content) {
    return content + (content >> 10) + 64;
  }
}
