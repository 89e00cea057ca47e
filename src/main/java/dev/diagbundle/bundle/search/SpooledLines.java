package dev.diagbundle.bundle.search;

import module java.base;

/// Merged lines of several logs, kept in a temporary file.
final class SpooledLines implements TimedSource {
  private static final int BEGINS = 1;
  private static final int ENDS = 2;
  private static final int STAMPED = 4;

  private final DataInputStream in;
  private final TimedPiece piece = new TimedPiece();

  /// @param member the output of [#write], as a gzip member; closed with this
  SpooledLines(InputStream member) throws IOException {
    this.in = new DataInputStream(new GZIPInputStream(member, 4 * 1024));
  }

  static void write(TimedPiece piece, DataOutputStream out) throws IOException {
    out.writeByte(
        (piece.begins ? BEGINS : 0) | (piece.ends ? ENDS : 0) | (piece.stamped ? STAMPED : 0));
    out.writeLong(piece.micros);
    out.writeInt(piece.source);
    out.writeByte(piece.stampLength);
    out.writeShort(piece.length);
    out.write(piece.bytes, 0, piece.length);
  }

  @Override
  public boolean next() throws IOException {
    int flags = in.read();
    if (flags < 0) {
      return false;
    }
    piece.begins = (flags & BEGINS) != 0;
    piece.ends = (flags & ENDS) != 0;
    piece.stamped = (flags & STAMPED) != 0;
    piece.micros = in.readLong();
    piece.source = in.readInt();
    piece.stampLength = in.readUnsignedByte();
    piece.length = in.readUnsignedShort();
    if (in.readNBytes(piece.bytes, 0, piece.length) < piece.length) {
      throw new EOFException("what was kept aside ends early");
    }
    return true;
  }

  @Override
  public TimedPiece piece() {
    return piece;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
