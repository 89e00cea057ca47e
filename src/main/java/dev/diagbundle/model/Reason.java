package dev.diagbundle.model;

import java.util.Locale;

/// The reason why an item is not, or not completely, in the bundle. The list is closed: readers of
/// a manifest may rely on it.
public enum Reason {
  /// The API server or the kubelet denied access (401, 403).
  FORBIDDEN,
  /// Not found, or no longer present.
  NOT_FOUND,
  /// Not supported by the server, for example because its log query is disabled.
  UNSUPPORTED,
  /// No connection to the API server, or from it to the kubelet.
  UNREACHABLE,
  /// A response did not start, or did not continue, in time.
  TIMED_OUT,
  /// The response was truncated.
  TRUNCATED,
  /// Omitted or truncated because of a size limit of the item, of the run or of the bundle.
  LIMIT,
  /// The server kept rejecting requests because of too many requests (429).
  THROTTLED,
  /// The run ended first, by its deadline or a signal.
  INTERRUPTED,
  /// There is nothing to collect: no line, no file, a container that has not started.
  EMPTY,
  /// The response is not the requested content, for example an error text or a directory listing.
  INVALID_ANSWER,
  /// An internal error of diagbundle.
  INTERNAL;

  /// The spelling in manifests and messages, for example `not-found`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The reason with this spelling.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Reason ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
