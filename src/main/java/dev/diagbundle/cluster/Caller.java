package dev.diagbundle.cluster;

/// On whose behalf a request is made: it goes into the record of the request and bounds its
/// retries.
///
/// @param item id of the item; empty for requests of the run itself
/// @param node the node the request ends at; empty if that is the API server
/// @param retries how often a failure that may pass is tried again
public record Caller(String item, String node, int retries) {
  /// How often a failure that may pass is tried again where nothing speaks against it.
  public static final int USUAL_RETRIES = 2;

  /// The run itself, which wants to hear of a failure at once.
  public static final Caller RUN = new Caller("", "", 0);
}
