package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockInputStream;
import java.util.Objects;

/// The content of one gzip member, without the tar padding after it. Before it hands out the last
/// byte it has checked that the member ends at the expected position and that its size and CRC are
/// right. It never inflates more than the expected size. For one thread at a time; closing frees
/// the inflater and leaves the file open.
public final class MemberInputStream extends BlockInputStream {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0};

  private final InputStream member;
  private final String name;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] input = new byte[16 * 1024];
  private final long bytes;
  private long inputLeft;
  private long left;
  private boolean begun;
  private boolean verified;
  private boolean closed;

  /// @param member the compressed member
  /// @param compressedBytes its length
  /// @param bytes size of the content in it
  /// @param name of the content, for messages
  public MemberInputStream(InputStream member, long compressedBytes, long bytes, String name) {
    this.member = member;
    this.inputLeft = compressedBytes - HEADER_BYTES - TRAILER_BYTES;
    this.bytes = bytes;
    this.left = bytes;
    this.name = name;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, target.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (count == 0) {
      return 0;
    }
    begin();
    if (left == 0) {
      verify();
      return -1;
    }
    int got = inflate(target, from, (int) Math.min(count, left));
    if (got == 0) {
      throw damaged("it is shorter than " + bytes + " bytes");
    }
    left -= got;
    if (left == 0) {
      verify();
    }
    return got;
  }

  @Override
  public void close() {
    closed = true;
    inflater.end();
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    var header = member.readNBytes(HEADER_BYTES);
    if (inputLeft < 0
        || header.length < HEADER_BYTES
        || !Arrays.equals(HEADER, Arrays.copyOf(header, HEADER.length))) {
      throw damaged("its gzip member has no header");
    }
  }

  private int inflate(byte[] target, int from, int count) throws IOException {
    try {
      while (true) {
        int got = inflater.inflate(target, from, count);
        if (got > 0) {
          crc.update(target, from, got);
          return got;
        }
        if (inflater.finished()) {
          return 0;
        }
        fill();
      }
    } catch (DataFormatException e) {
      throw new IOException("'" + name + "' is damaged: " + e.getMessage(), e);
    }
  }

  private void fill() throws IOException {
    int got = inputLeft == 0 ? -1 : member.read(input, 0, (int) Math.min(input.length, inputLeft));
    if (got < 0 || inflater.needsDictionary()) {
      throw damaged("its gzip member ends early");
    }
    inputLeft -= got;
    inflater.setInput(input, 0, got);
  }

  private void verify() throws IOException {
    if (verified) {
      return;
    }
    var padding = new byte[TarHeader.padding(bytes) + 1];
    int padded = 0;
    for (int got = 1; got > 0 && padded < padding.length; padded += got) {
      got = inflate(padding, padded, padding.length - padded);
    }
    if (padded != padding.length - 1) {
      throw damaged("it is not " + bytes + " bytes long");
    }
    if (inputLeft > 0 || inflater.getRemaining() > 0) {
      throw damaged("its gzip member ends early");
    }
    var trailer = member.readNBytes(TRAILER_BYTES);
    if (trailer.length < TRAILER_BYTES) {
      throw damaged("its gzip member ends early");
    }
    var check = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
    if (check.getInt() != (int) crc.getValue() || check.getInt() != (int) (bytes + padded)) {
      throw damaged("its CRC is wrong");
    }
    verified = true;
  }

  private IOException damaged(String how) {
    return new IOException("'" + name + "' is damaged: " + how);
  }
}
