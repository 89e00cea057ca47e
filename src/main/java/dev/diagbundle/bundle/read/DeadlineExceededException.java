package dev.diagbundle.bundle.read;

import java.io.IOException;

/// A deadline that passed before a file of a bundle was read to its end. The file itself is intact.
public final class DeadlineExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  public DeadlineExceededException() {
    super("not read to its end: the time was up");
  }
}
