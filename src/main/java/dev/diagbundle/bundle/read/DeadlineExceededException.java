package dev.diagbundle.bundle.read;

import java.io.IOException;

/// Says that a file of a bundle was not read to its end because the time for that was up. Nothing
/// is wrong with the file.
public final class DeadlineExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  public DeadlineExceededException() {
    super("not read to its end: the time was up");
  }
}
