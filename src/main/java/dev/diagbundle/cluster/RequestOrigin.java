package dev.diagbundle.cluster;

import module java.base;

/// On whose behalf a request is made: it goes into the record of the request and bounds its
/// retries.
///
/// @param item id of the item; empty for requests of the run itself
/// @param node the node the request ends at; empty if that is the API server
/// @param retries how often a failure that may pass is tried again
/// @param patience how long the beginning of an answer is waited for, if that is less than usual
public record RequestOrigin(String item, String node, int retries, Optional<Duration> patience) {
  /// How often a failure that may pass is tried again where nothing speaks against it.
  public static final int USUAL_RETRIES = 2;

  /// The run itself, which wants to hear of a failure at once.
  public static final RequestOrigin RUN = new RequestOrigin("", "", 0);

  /// A caller that waits for its answers as long as is usual.
  public RequestOrigin(String item, String node, int retries) {
    this(item, node, retries, Optional.empty());
  }
}
