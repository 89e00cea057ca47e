package dev.diagbundle.report.html;

import module java.base;

/// A writer of UTF-8 that counts its bytes. Closing it only flushes; the owner of the stream closes
/// the stream.
final class CountingWriter extends Writer {
  private final Writer out;
  private long bytes;

  CountingWriter(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 15);
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      count(text[i]);
    }
    out.write(text, from, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      count(text.charAt(i));
    }
    out.write(text, from, length);
  }

  @Override
  public void write(int c) throws IOException {
    count((char) c);
    out.write(c);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private void count(char c) {
    if (c < 0x80) {
      bytes++;
    } else if (c < 0x800 || Character.isSurrogate(c)) {
      bytes += 2;
    } else {
      bytes += 3;
    }
  }
}
