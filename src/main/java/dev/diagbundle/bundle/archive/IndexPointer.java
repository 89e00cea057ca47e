package dev.diagbundle.bundle.archive;

import module java.base;

/// The last member of a bundle: empty, always [#BYTES] long, with an extra field (RFC 1952, section
/// 2.3.1.1) with the position of the content member of `manifest.json`.
///
/// @param offset position of that member in the archive
/// @param compressedBytes its length
/// @param bytes size of `manifest.json`
public record IndexPointer(long offset, long compressedBytes, long bytes) {
  public static final int BYTES = 50;

  private static final int VALUES_AT = 16;

  /// Header with FEXTRA, the subfield `DB` of 24 bytes, its three values, an empty final deflate
  /// block, and CRC and size of nothing.
  private static final byte[] FORM =
      HexFormat.of()
          .parseHex(
              "1f8b08040000000000ff"
                  + "1c00"
                  + "44421800"
                  + "00".repeat(24)
                  + "0300"
                  + "00".repeat(8));

  public byte[] encode() {
    var bytes = FORM.clone();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(VALUES_AT, offset)
        .putLong(VALUES_AT + 8, compressedBytes)
        .putLong(VALUES_AT + 16, this.bytes);
    return bytes;
  }

  /// The index pointer in the last [#BYTES] of a file, if they contain one.
  public static Optional<IndexPointer> decode(byte[] tail) {
    if (tail.length != BYTES) {
      return Optional.empty();
    }
    var values = ByteBuffer.wrap(tail.clone()).order(ByteOrder.LITTLE_ENDIAN);
    var form = tail.clone();
    Arrays.fill(form, VALUES_AT, VALUES_AT + 24, (byte) 0);
    if (!Arrays.equals(form, FORM)) {
      return Optional.empty();
    }
    return Optional.of(
        new IndexPointer(
            values.getLong(VALUES_AT),
            values.getLong(VALUES_AT + 8),
            values.getLong(VALUES_AT + 16)));
  }
}
