package dev.diagbundle.cli.terminal;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;

/// Standard output for results that are streamed: fails as soon as its reader has closed it.
public final class FailFastOutputStream extends BlockOutputStream {
  private final Terminal terminal;

  public FailFastOutputStream(Terminal terminal) {
    this.terminal = terminal;
  }

  /// A failure to write to standard output.
  public static final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnwritableException(String message) {
      super(message);
    }

    /// Returns whether the reader closed it early, as `head` does: that is no error. The messages
    /// are the system's.
    public boolean isClosedPipe() {
      var words = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
      return words.contains("pipe") || words.contains("closed");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    terminal.out().write(bytes, offset, length);
    check();
  }

  @Override
  public void flush() throws IOException {
    terminal.out().flush();
    check();
  }

  private void check() throws UnwritableException {
    if (terminal.out().checkError()) {
      throw new UnwritableException(
          terminal
              .outFailure()
              .map(failure -> String.valueOf(failure.getMessage()))
              .orElse("closed"));
    }
  }
}
