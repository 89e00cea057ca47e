package dev.diagbundle.model;

import java.util.Locale;

/// The reason why an item is not, or not completely, in the bundle. The list is closed: readers of
/// a manifest may rely on it.
public enum Reason {
  /// The API server or the kubelet refused by its access rules (401, 403).
  FORBIDDEN,
  /// Not found, or no longer present.
  NOT_FOUND,
  /// The other side cannot do it, for example because its log query is switched off.
  UNSUPPORTED,
  /// No connection to the API server, or from it to the kubelet.
  UNREACHABLE,
  /// An answer did not come, or stopped coming, in time.
  TIMED_OUT,
  /// The answer broke off before its end.
  TRUNCATED,
  /// A size limit of the item, of the run or of the bundle left it out, or a part of it.
  LIMIT,
  /// The server kept rejecting requests because of too many requests (429).
  THROTTLED,
  /// The run ended first, by its deadline or a signal.
  INTERRUPTED,
  /// There is nothing to collect: no line, no file, a container that has not started.
  EMPTY,
  /// The response is not the requested content, for example an error text or a directory listing.
  INVALID_ANSWER,
  /// A fault of diagbundle itself.
  INTERNAL;

  /// The spelling in manifests and messages, for example `not-found`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The reason spelled so.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Reason ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
