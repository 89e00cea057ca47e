package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockInputStream;
import java.util.Objects;

/// A sequential reader of a gzip file from any tool, member by member (RFC 1952). It keeps the
/// positions of its members, checks the CRC and size of each, and rejects a decompression bomb. For
/// one thread; closing frees the inflater and leaves the source open.
public final class GzipStream extends BlockInputStream {
  /// The maximum plausible compression ratio over much data: logs shrink to a tenth or a fiftieth;
  /// no genuine content of such a size shrinks more than this.
  private static final long MAX_RATIO = 250;

  private static final long BOMB_BYTES = 1L << 30;

  private static final int MAX_TEXT_BYTES = 64 * 1024;

  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream source;
  private final byte[] input = new byte[64 * 1024];
  private final byte[] output = new byte[32 * 1024];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int inputAt;
  private int inputEnd;
  private int outputAt;
  private int outputEnd;
  private long consumed;
  private long inflated;
  private long inMember;
  private long members;
  private boolean open;

  public GzipStream(InputStream source) {
    this.source = source;
  }

  /// The position of the next member in the source, at the end of a member.
  public long position() {
    return consumed;
  }

  /// The number of members started.
  public long members() {
    return members;
  }

  /// Returns whether everything of the members that have started was read. If so, their CRCs are
  /// right.
  public boolean isBetweenMembers() throws IOException {
    return outputAt == outputEnd && !(open && inflate());
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, target.length);
    if (count == 0) {
      return 0;
    }
    while (isBetweenMembers()) {
      if (!begin()) {
        return -1;
      }
    }
    int got = Math.min(count, outputEnd - outputAt);
    System.arraycopy(output, outputAt, target, from, got);
    outputAt += got;
    return got;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /// Inflates a piece of the open member; if there is none left, checks and ends the member.
  private boolean inflate() throws IOException {
    try {
      while (true) {
        int got = inflater.inflate(output);
        if (got > 0) {
          outputAt = 0;
          outputEnd = got;
          crc.update(output, 0, got);
          inMember += got;
          inflated += got;
          requireNoBomb();
          return true;
        }
        if (inflater.finished()) {
          end();
          return false;
        }
        if (inflater.needsDictionary()) {
          throw new IOException("a gzip member is damaged: it asks for a dictionary");
        }
        feed();
      }
    } catch (DataFormatException e) {
      throw new IOException("a gzip member is damaged: " + e.getMessage(), e);
    }
  }

  private void requireNoBomb() throws IOException {
    if (inflated > BOMB_BYTES && inflated / MAX_RATIO > consumed) {
      throw new IOException(
          "it inflates to more than " + MAX_RATIO + " times its size, as only a bomb does");
    }
  }

  private void feed() throws IOException {
    if (inputAt == inputEnd && !fill()) {
      throw cutShort();
    }
    inflater.setInput(input, inputAt, inputEnd - inputAt);
    consumed += inputEnd - inputAt;
    inputAt = inputEnd;
  }

  private void end() throws IOException {
    int left = inflater.getRemaining();
    inputAt -= left;
    consumed -= left;
    var check = new byte[8];
    for (int i = 0; i < check.length; i++) {
      check[i] = (byte) take();
    }
    var values = ByteBuffer.wrap(check).order(ByteOrder.LITTLE_ENDIAN);
    if (values.getInt() != (int) crc.getValue() || values.getInt() != (int) inMember) {
      throw new IOException("a gzip member is damaged: its CRC is wrong");
    }
    open = false;
  }

  /// Starts the next member, if there is one.
  private boolean begin() throws IOException {
    if (inputAt == inputEnd && !fill()) {
      return false;
    }
    if (input[inputAt] == 0) {
      skipZeros();
      return false;
    }
    if (take() != 0x1f || take() != 0x8b || take() != 8) {
      throw new IOException("something that is not gzip stands at byte " + (consumed - 1));
    }
    int flags = take();
    for (int i = 0; i < 6; i++) {
      take();
    }
    if ((flags & EXTRA) != 0) {
      int length = take() | take() << 8;
      for (int i = 0; i < length; i++) {
        take();
      }
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    if ((flags & HEADER_CRC) != 0) {
      take();
      take();
    }
    inflater.reset();
    crc.reset();
    inMember = 0;
    members++;
    open = true;
    return true;
  }

  /// Skips padding of zeros, as on tapes, which gzip treats as the end.
  private void skipZeros() throws IOException {
    while (inputAt < inputEnd || fill()) {
      if (take() != 0) {
        throw new IOException("something that is not gzip stands at byte " + (consumed - 1));
      }
    }
  }

  private void skipText(int flag) throws IOException {
    if (flag == 0) {
      return;
    }
    for (int i = 0; take() != 0; i++) {
      if (i == MAX_TEXT_BYTES) {
        throw new IOException("a gzip member's header is too long");
      }
    }
  }

  private int take() throws IOException {
    if (inputAt == inputEnd && !fill()) {
      throw cutShort();
    }
    consumed++;
    return input[inputAt++] & 0xff;
  }

  private boolean fill() throws IOException {
    int got = source.read(input);
    inputAt = 0;
    inputEnd = Math.max(0, got);
    return got > 0;
  }

  private static IOException cutShort() {
    return new IOException("it is cut short");
  }
}
