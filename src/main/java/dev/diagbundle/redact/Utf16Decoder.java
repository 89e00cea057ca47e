package dev.diagbundle.redact;

import module java.base;

/// A decoder from UTF-16, which PowerShell 5 writes, to UTF-8, on which the rules work. For one
/// thread; its memory is bounded.
final class Utf16Decoder {
  /// The number of bytes at the beginning that are examined.
  private static final int SAMPLE = 1024;

  private static final int MIN_SAMPLE = 16;
  private static final int STEP = 4096;

  private final CharsetDecoder decoder;
  private final ByteBuffer in;
  private final CharBuffer text = CharBuffer.allocate(STEP);

  /// Takes UTF-8.
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes, int offset, int count) throws IOException;
  }

  private Utf16Decoder(ByteOrder order) {
    this.decoder =
        (order == ByteOrder.LITTLE_ENDIAN
                ? StandardCharsets.UTF_16LE.newDecoder()
                : StandardCharsets.UTF_16BE.newDecoder())
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    this.in = ByteBuffer.allocate(STEP).limit(0);
  }

  /// A decoder if these bytes start a text in UTF-16: with its byte order mark (U+FEFF), or, as in
  /// the tail of a file, with Latin letters only.
  ///
  /// @param length of the available bytes, from 0 on
  static Optional<Utf16Decoder> of(byte[] bytes, int length) {
    if (length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return Optional.of(new Utf16Decoder(ByteOrder.LITTLE_ENDIAN));
    }
    if (length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return Optional.of(new Utf16Decoder(ByteOrder.BIG_ENDIAN));
    }
    int sample = Math.min(length, SAMPLE) & ~1;
    if (sample < MIN_SAMPLE) {
      return Optional.empty();
    }
    if (isLatin(bytes, 0, sample)) {
      return Optional.of(new Utf16Decoder(ByteOrder.LITTLE_ENDIAN));
    }
    return isLatin(bytes, 1, sample)
        ? Optional.of(new Utf16Decoder(ByteOrder.BIG_ENDIAN))
        : Optional.empty();
  }

  /// @param low position of the lower byte in each pair
  private static boolean isLatin(byte[] bytes, int low, int length) {
    for (int i = 0; i < length; i += 2) {
      byte b = bytes[i + low];
      boolean text = (b >= ' ' && b < 0x7f) || b == '\t' || b == '\n' || b == '\r';
      if (!text || bytes[i + 1 - low] != 0) {
        return false;
      }
    }
    return true;
  }

  void decode(byte[] bytes, int offset, int count, Sink sink) throws IOException {
    int from = offset;
    while (from < offset + count) {
      in.compact();
      int fits = Math.min(in.remaining(), offset + count - from);
      in.put(bytes, from, fits).flip();
      from += fits;
      decode(false, sink);
    }
  }

  /// Decodes what is left: half a character becomes U+FFFD.
  void finish(Sink sink) throws IOException {
    decode(true, sink);
    decoder.flush(text);
    pass(sink);
  }

  private void decode(boolean last, Sink sink) throws IOException {
    boolean more = true;
    while (more) {
      more = decoder.decode(in, text, last).isOverflow();
      pass(sink);
    }
  }

  private void pass(Sink sink) throws IOException {
    var decoded = text.flip().toString();
    text.clear();
    // The byte order mark has no meaning in UTF-8.
    var bytes = decoded.replace("\ufeff", "").getBytes(StandardCharsets.UTF_8);
    sink.write(bytes, 0, bytes.length);
  }
}
