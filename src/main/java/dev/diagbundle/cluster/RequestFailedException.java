package dev.diagbundle.cluster;

import dev.diagbundle.model.Reason;
import java.io.IOException;

/// A request that did not get what it asked for, and why.
public final class RequestFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int status;

  /// @param status of the answer; 0 if there was none
  /// @param message the other side's own words where there are any
  public RequestFailedException(Reason reason, int status, String message) {
    super(message);
    this.reason = reason;
    this.status = status;
  }

  RequestFailedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = 0;
  }

  public Reason reason() {
    return reason;
  }

  /// The status of the answer; 0 if there was none.
  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
