package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// The offset of a Windows node's local time from UTC, derived from the kubelet's own log file.
///
/// The lines of klog are stamped with local time (`k8s.io/klog/v2`, `I1121 02:29:27.253775`); the
/// file server's `Last-Modified` is the moment of the file's last line in UTC. Both moments are the
/// same one, so their difference is the offset. It is the offset at that moment: a window that
/// reaches back over a change to or from daylight saving time is an hour off on the other side of
/// it.
public final class WindowsTimeZone {
  private static final int TAIL_BYTES = 4096;
  private static final int MAX_LOOKS = 10;
  private static final Duration STEP = Duration.ofMinutes(15);

  /// The maximum offset of any zone from UTC.
  static final Duration FARTHEST = Duration.ofHours(14);

  /// Maximum difference of the two moments: klog may flush its file every 5 s only, and HTTP's
  /// times are whole seconds. A file whose last line has no stamp, or whose time was changed by
  /// something else, is far beyond that in most cases.
  private static final Duration TOLERANCE = Duration.ofSeconds(20);

  private static final Pattern STAMP =
      Pattern.compile(
          "(?m)^[IWEF](\\d\\d)(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{6}) +\\d+ \\S+:\\d+\\] ");

  private static final List<String> USUAL_FILES = List.of("kubelet/kubelet.log", "kubelet.log");
  private static final String FOLDER = "kubelet/";

  private WindowsTimeZone() {}

  /// The offset of the node's local time; empty if its log files do not show it.
  ///
  /// @throws RequestFailedException if the node cannot be reached
  public static Optional<ZoneOffset> of(Cluster cluster, String node, RequestOrigin caller)
      throws IOException, InterruptedException {
    try {
      for (String path : USUAL_FILES) {
        var offset = read(cluster, node, path, caller);
        if (offset.isPresent()) {
          return offset;
        }
      }
      var newest = newest(cluster, node, caller);
      return newest.isPresent() ? read(cluster, node, newest.get(), caller) : Optional.empty();
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Optional<ZoneOffset> read(
      Cluster cluster, String node, String path, RequestOrigin caller)
      throws IOException, InterruptedException {
    var call = Request.raw(LogPath.of(path).url(node), caller).withRange("bytes=-" + TAIL_BYTES);
    try (var answer = cluster.get(call)) {
      var modified = answer.lastModified();
      // A server that ignores the range would send the whole file.
      if (answer.status() != 206 || modified.isEmpty()) {
        return Optional.empty();
      }
      var tail = answer.body().readNBytes(TAIL_BYTES);
      return offset(new String(tail, StandardCharsets.ISO_8859_1), modified.get());
    }
  }

  /// The offset of the last stamp of the text from the moment it was written.
  static Optional<ZoneOffset> offset(String tail, Instant modified) {
    Optional<LocalDateTime> last = Optional.empty();
    var matcher = STAMP.matcher(tail);
    while (matcher.find()) {
      var fields = new int[6];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = Integer.parseInt(matcher.group(i + 1));
      }
      last = nearest(fields, modified);
    }
    return last.flatMap(stamp -> offset(stamp, modified));
  }

  private static Optional<ZoneOffset> offset(LocalDateTime stamp, Instant modified) {
    long millis = Duration.between(modified, stamp.toInstant(ZoneOffset.UTC)).toMillis();
    long steps = Math.round((double) millis / STEP.toMillis());
    var offset = STEP.multipliedBy(steps);
    boolean close = Math.abs(millis - offset.toMillis()) <= TOLERANCE.toMillis();
    return close && offset.abs().compareTo(FARTHEST) <= 0
        ? Optional.of(ZoneOffset.ofTotalSeconds((int) offset.toSeconds()))
        : Optional.empty();
  }

  /// The stamp in the year in which it is nearest to the moment: klog writes no year.
  private static Optional<LocalDateTime> nearest(int[] fields, Instant modified) {
    var utc = modified.atOffset(ZoneOffset.UTC).toLocalDateTime();
    var candidates = new ArrayList<LocalDateTime>();
    for (int year = utc.getYear() - 1; year <= utc.getYear() + 1; year++) {
      try {
        candidates.add(
            LocalDateTime.of(
                year, fields[0], fields[1], fields[2], fields[3], fields[4], fields[5] * 1000));
      } catch (DateTimeException _) {
        // 29 February of another year, or an invalid time.
      }
    }
    return candidates.stream().min(Comparator.comparing(time -> Duration.between(time, utc).abs()));
  }

  /// The log file in the kubelet's folder that was changed last; if there are many, the last
  /// changed among those whose names sort last, as names with dates do.
  private static Optional<String> newest(Cluster cluster, String node, RequestOrigin caller)
      throws IOException, InterruptedException {
    var names =
        NodeFile.list(cluster, node, FOLDER, caller).stream()
            .filter(name -> name.endsWith(".log"))
            .sorted(Comparator.reverseOrder())
            .limit(MAX_LOOKS)
            .toList();
    var files = new ArrayList<NodeFile>();
    for (String name : names) {
      NodeFile.look(cluster, node, FOLDER + name, caller).ifPresent(files::add);
    }
    return files.stream()
        .filter(file -> file.modified().isPresent())
        .max(Comparator.comparing(file -> file.modified().orElse(Instant.EPOCH)))
        .map(file -> file.path().text());
  }
}
