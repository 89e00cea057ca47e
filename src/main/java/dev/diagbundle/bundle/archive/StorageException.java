package dev.diagbundle.bundle.archive;

import java.io.IOException;

/// A failure of the disk that the bundle is written to, for example because it is full. It has a
/// type of its own so that a collecting thread can tell it from a failing source.
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message, IOException cause) {
    super(message, cause);
  }

  /// The system's own words, for example `No space left on device`.
  public String reason() {
    var cause = getCause();
    return String.valueOf(cause == null ? getMessage() : cause.getMessage());
  }
}
