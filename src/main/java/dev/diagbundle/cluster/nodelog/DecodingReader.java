package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.ErrorClassifier;
import java.io.Reader;

/// A reader of text that may be in UTF-8, or in the OEM code page of a Windows node: PowerShell
/// writes its redirected output in that page, while the kubelet's header declares UTF-8.
///
/// The text is UTF-8 up to the first byte that cannot be, and in the code page from there on. A
/// byte that the page does not map becomes the control character of its number, as in Windows
/// itself (<https://learn.microsoft.com/windows/win32/intl/code-pages>), so that nothing is lost.
final class DecodingReader extends Reader {
  private static final int BUFFER_BYTES = 16 << 10;

  /// A failure to read the body, as opposed to a failure to write the text.
  static final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    BrokenBodyException(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }

  private final InputStream in;
  private final Charset codePage;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private CharsetDecoder decoder;
  private boolean fellBack;
  private boolean ended;

  /// @param in is not closed
  /// @param fellBack whether the text is known not to be UTF-8
  DecodingReader(InputStream in, Charset codePage, boolean fellBack) {
    this.in = in;
    this.codePage = codePage;
    this.fellBack = fellBack;
    this.decoder = strict(fellBack ? codePage : StandardCharsets.UTF_8);
  }

  /// Returns whether the code page had to be used.
  boolean hasFallenBack() {
    return fellBack;
  }

  /// @throws BrokenBodyException if the body broke off
  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    var target = CharBuffer.wrap(buffer, offset, length);
    int start = target.position();
    while (target.position() == start) {
      var result = decoder.decode(bytes, target, false);
      if (result.isError()) {
        fault(result.length(), target);
      } else if (result.isUnderflow() && target.position() == start && !fill(target)) {
        return -1;
      } else if (result.isOverflow() && target.position() == start) {
        throw new IllegalArgumentException("no room for a surrogate pair");
      }
    }
    return target.position() - start;
  }

  @Override
  public void close() {
    // The body's owner closes it.
  }

  private void fault(int length, CharBuffer target) {
    if (!fellBack) {
      fellBack = true;
      decoder = strict(codePage);
      return;
    }
    for (int i = 0; i < length && target.hasRemaining(); i++) {
      target.put((char) (bytes.get() & 0xff));
    }
  }

  /// @return whether there is more to read
  private boolean fill(CharBuffer target) throws IOException {
    if (ended) {
      return false;
    }
    bytes.compact();
    int read = readSome();
    bytes.flip();
    if (read >= 0) {
      return true;
    }
    ended = true;
    if (bytes.hasRemaining()) {
      // A character that was cut in two at the body's end is no evidence of the encoding.
      bytes.position(bytes.limit());
      target.put('\ufffd');
      return true;
    }
    return false;
  }

  private int readSome() throws IOException {
    try {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      bytes.position(bytes.position() + Math.max(0, read));
      return read;
    } catch (IOException e) {
      throw ErrorClassifier.isInterrupt(e) ? e : new BrokenBodyException(e);
    }
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
