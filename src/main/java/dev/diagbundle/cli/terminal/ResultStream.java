package dev.diagbundle.cli.terminal;

import module java.base;

/// Standard output that keeps its first failure: a [PrintStream] alone only records that there was
/// one.
public final class ResultStream extends PrintStream {
  private final Watched watched;

  public ResultStream(OutputStream out) {
    this(new Watched(out));
  }

  private ResultStream(Watched watched) {
    super(watched, false, StandardCharsets.UTF_8);
    this.watched = watched;
  }

  /// The first failure.
  Optional<IOException> failure() {
    return watched.failure;
  }

  private static final class Watched extends FilterOutputStream {
    private volatile Optional<IOException> failure = Optional.empty();

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure.or(() -> Optional.of(e));
        throw e;
      }
    }
  }
}
