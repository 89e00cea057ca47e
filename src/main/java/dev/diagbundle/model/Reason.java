package dev.diagbundle.model;

import java.util.Locale;

/// Why an item is not, or not wholly, in the bundle. The list is closed: readers of a manifest may
/// rely on it.
public enum Reason {
  /// The API server or the kubelet refused by its access rules (401, 403).
  FORBIDDEN,
  /// The thing asked for does not exist (any more).
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
  /// The server kept refusing because it was asked too much (429).
  THROTTLED,
  /// The run ended first, by its deadline or a signal.
  INTERRUPTED,
  /// There is nothing to collect: no line, no file, a container that has not started.
  EMPTY,
  /// The answer is not what was asked for, for example an error text or a directory listing.
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
