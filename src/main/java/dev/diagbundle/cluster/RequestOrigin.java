package dev.diagbundle.cluster;

import module java.base;

/// The originator of a request: it is recorded with the request and bounds its retries.
///
/// @param item id of the item; empty for requests of the run itself
/// @param node the node that the request is for; empty if that is the API server
/// @param retries maximum retries after a transient failure
/// @param patience maximum wait for the start of a response, if less than the default
public record RequestOrigin(String item, String node, int retries, Optional<Duration> patience) {
  /// The default number of retries after a transient failure.
  public static final int USUAL_RETRIES = 2;

  /// The run itself, without retries.
  public static final RequestOrigin RUN = new RequestOrigin("", "", 0);

  /// An originator with the default wait for responses.
  public RequestOrigin(String item, String node, int retries) {
    this(item, node, retries, Optional.empty());
  }

  /// The same originator with the default wait for responses.
  public RequestOrigin patient() {
    return new RequestOrigin(item, node, retries);
  }
}
