package dev.diagbundle.serve;

import module java.base;

import java.util.regex.Pattern;

/// A valid node log query. Times are as interpreted by the node, which may differ from the client's
/// intent.
///
/// @param services names without a slash
/// @param file the one file, instead of services
/// @param sinceTime the wall clock of `sinceTime`, read in the node's own zone
/// @param untilTime the same of `untilTime`
/// @param since from OpenShift's own option `since`
/// @param until from OpenShift's own option `until`
/// @param pattern that the message must contain
/// @param hasOptions whether there was any option but services and files
record LogQuery(
    List<String> services,
    Optional<String> file,
    Optional<Instant> sinceTime,
    Optional<Instant> untilTime,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Integer> boot,
    Optional<Integer> tailLines,
    Optional<Pattern> pattern,
    boolean hasOptions) {
  LogQuery {
    services = List.copyOf(services);
  }

  /// The first instant in the request to journalctl.
  Optional<Instant> journalSince() {
    return sinceTime.or(() -> since);
  }

  /// The last instant in the request to journalctl: on Linux the kubelet uses `sinceTime` in place
  /// of `untilTime`, in every version from 1.27 to 1.36.
  Optional<Instant> journalUntil() {
    return untilTime.isPresent() ? sinceTime : until;
  }
}
