package dev.diagbundle.cli.terminal;

import module java.base;

import dev.diagbundle.model.Printable;

/// Output stream of text to a terminal, which escapes or drops control characters, line by line, as
/// [Printable] does.
final class PrintableOutputStream extends FilterOutputStream {
  /// A longer line is shown in pieces.
  private static final int MAX_PIECE = 8 * 1024;

  private final byte[] piece = new byte[MAX_PIECE];
  private int length;

  PrintableOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '\n') {
      show(length);
      out.write('\n');
      return;
    }
    piece[length++] = (byte) b;
    if (length == MAX_PIECE) {
      show(wholeCharacters());
    }
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      write(bytes[i]);
    }
  }

  /// Shows the last line, which may have no end.
  @Override
  public void close() throws IOException {
    show(length);
    super.close();
  }

  private void show(int count) throws IOException {
    // A carriage return at the end of a Windows line is no news.
    int shown = count > 0 && piece[count - 1] == '\r' ? count - 1 : count;
    var text = new String(piece, 0, shown, StandardCharsets.UTF_8);
    out.write(Printable.line(text).getBytes(StandardCharsets.UTF_8));
    System.arraycopy(piece, count, piece, 0, length - count);
    length -= count;
  }

  /// The length of a full piece, reduced so that it does not end within a character.
  private int wholeCharacters() {
    int end = length;
    while (end > length - 4 && (piece[end - 1] & 0xc0) == 0x80) {
      end--;
    }
    return (piece[end - 1] & 0xc0) == 0xc0 ? end - 1 : length;
  }
}
