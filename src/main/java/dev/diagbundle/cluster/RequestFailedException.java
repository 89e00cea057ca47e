package dev.diagbundle.cluster;

import dev.diagbundle.model.Reason;
import java.io.IOException;

/// A failed request, with its reason.
public final class RequestFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int status;

  /// @param status of the response; 0 if there was none
  /// @param message the other side's message if there is one
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

  /// The status of the response; 0 if there was none.
  public int status() {
    return status;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
