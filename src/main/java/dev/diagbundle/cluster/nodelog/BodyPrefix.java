package dev.diagbundle.cluster.nodelog;

import module java.base;

/// The beginning of a body, read to determine the kind of the body: its first line that is not
/// blank, as far as it came. If the body breaks off within it, the bytes that came can still be
/// read, and the failure comes after them.
final class BodyPrefix {
  private static final int MAX_BYTES = 2048;

  private final byte[] bytes;
  private final InputStream rest;

  private BodyPrefix(byte[] bytes, InputStream rest) {
    this.bytes = bytes;
    this.rest = rest;
  }

  /// Waits for the first line of the body, and no longer. The caller still closes the body.
  static BodyPrefix of(InputStream body) {
    var seen = new ByteArrayOutputStream();
    var buffer = new byte[MAX_BYTES];
    Optional<IOException> failure = Optional.empty();
    try {
      while (seen.size() < MAX_BYTES && !hasLine(seen)) {
        int length = body.read(buffer, 0, MAX_BYTES - seen.size());
        if (length < 0) {
          break;
        }
        seen.write(buffer, 0, length);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    var bytes = seen.toByteArray();
    var rest = failure.isPresent() ? new Broken(failure.get()) : body;
    return new BodyPrefix(bytes, rest);
  }

  boolean isEmpty() {
    return bytes.length == 0 && !(rest instanceof Broken);
  }

  /// Returns whether only white space came, up to the end of this prefix.
  boolean isBlank() {
    return !(rest instanceof Broken) && text().isBlank();
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// The bytes of this prefix, unchanged.
  byte[] firstBytes() {
    return bytes.clone();
  }

  /// The whole body, from its first byte.
  InputStream whole() {
    return new SequenceInputStream(new ByteArrayInputStream(bytes), rest);
  }

  private static boolean hasLine(ByteArrayOutputStream seen) {
    return seen.toString(StandardCharsets.UTF_8).stripLeading().indexOf('\n') >= 0;
  }

  /// A body that broke off.
  private static final class Broken extends InputStream {
    private final IOException failure;

    Broken(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw failure;
    }
  }
}
