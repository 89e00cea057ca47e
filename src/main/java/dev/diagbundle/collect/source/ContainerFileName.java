package dev.diagbundle.collect.source;

import module java.base;

import java.util.Collection;
import java.util.regex.Pattern;

/// The name of one file of a container's log, as the kubelet gives it
/// (`pkg/kubelet/logs/container_log_manager.go`): `<run>.log`, when rotated
/// `<run>.log.<date>-<time>`, and after the next rotation the same with `.gz`.
///
/// @param run number of the container's run, from 0
/// @param rotation part that rotation added, with its dot; empty for a file in use
/// @param compressed true if the name ends in `.gz`
record ContainerFileName(int run, String rotation, boolean compressed) {
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,9})\\.log(\\.[\\w.-]{1,80}?)?(\\.gz)?");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'.'uuuuMMdd-HHmmss").withResolverStyle(ResolverStyle.STRICT);

  /// The tolerance for time zones: the timestamp in a name is in the node's own zone, which may be
  /// up to 14 hours from UTC.
  private static final Duration ANY_ZONE = Duration.ofHours(24);

  /// The suffix of a file into which an earlier one is being compressed; it is renamed when
  /// complete.
  private static final String UNFINISHED = ".tmp";

  private static final Comparator<ContainerFileName> NEWEST_FIRST =
      Comparator.comparingInt(ContainerFileName::run)
          .thenComparing(name -> name.rotation.isEmpty())
          .thenComparing(ContainerFileName::rotation)
          .reversed();

  static Optional<ContainerFileName> parse(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches() || name.endsWith(UNFINISHED)) {
      return Optional.empty();
    }
    var rotation = matcher.group(2);
    return Optional.of(
        new ContainerFileName(
            Integer.parseInt(matcher.group(1)),
            rotation == null ? "" : rotation,
            matcher.group(3) != null));
  }

  /// The log files among the names of a folder, the newest first. If a file exists both plain and
  /// compressed, only the latter: the kubelet is about to remove the former.
  static List<ContainerFileName> among(Collection<String> names) {
    var chosen = new TreeMap<String, ContainerFileName>();
    for (String text : names) {
      parse(text)
          .ifPresent(name ->
              chosen.merge(name.plain(), name, (one, other) -> one.compressed ? one : other));
    }
    return chosen.values().stream().sorted(NEWEST_FIRST).toList();
  }

  /// The name before compression.
  String plain() {
    return run + ".log" + rotation;
  }

  /// The name on the node.
  String text() {
    return plain() + (compressed ? ".gz" : "");
  }

  /// This name after compression.
  ContainerFileName afterCompression() {
    return new ContainerFileName(run, rotation, true);
  }

  /// Returns whether the file was in use when it was listed.
  boolean isInUse() {
    return rotation.isEmpty() && !compressed;
  }

  /// Returns whether the file was rotated before this moment according to its name, in any time
  /// zone.
  boolean wasRotatedBefore(Instant moment) {
    try {
      var rotated = LocalDateTime.parse(rotation, STAMP).toInstant(ZoneOffset.UTC);
      return rotated.plus(ANY_ZONE).isBefore(moment);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
