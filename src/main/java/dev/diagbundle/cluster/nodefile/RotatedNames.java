package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// The candidates for a log's name after its rotation: `x.log.1` (logrotate), `x.log-20261121` (its
/// `dateext`), `0.log.20261121-031436` (the kubelet) and `x-2026-11-21T03-14-36.000.log`
/// (lumberjack, which many Go programs use). A compressed file is another file.
final class RotatedNames {
  private static final int MAX_CANDIDATES = 3;
  private static final int MAX_SEEN = 10_000;
  private static final String STAMP = "\\d{8}[-T_.:\\d]*|\\d{4}-\\d\\d-\\d\\d[-T_.:\\d]*";

  private RotatedNames() {}

  /// The likeliest existing names, the likeliest first.
  static List<LogPath> of(Cluster cluster, String node, LogPath file, RequestOrigin caller)
      throws IOException, InterruptedException {
    var rotated = pattern(file.name());
    var found = new ArrayList<LogPath>();
    try {
      NodeFolder.read(
          cluster,
          node,
          file.parent(),
          caller,
          path -> {
            boolean like = !path.isFolder() && rotated.matcher(path.name()).matches();
            if (like && found.size() < MAX_SEEN) {
              found.add(path);
            }
          });
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      return List.of();
    }
    // `.1` is always the newest; of stamps the latest is.
    var newestFirst =
        Comparator.comparingInt((LogPath path) -> path.name().equals(file.name() + ".1") ? 1 : 0)
            .thenComparing(LogPath::name)
            .reversed();
    return found.stream().sorted(newestFirst).limit(MAX_CANDIDATES).toList();
  }

  private static Pattern pattern(String name) {
    int dot = name.lastIndexOf('.');
    var stem = dot > 0 ? name.substring(0, dot) : name;
    var extension = dot > 0 ? name.substring(dot) : "";
    return Pattern.compile(
        Pattern.quote(name)
            + "(?:\\.1|[.-](?:"
            + STAMP
            + "))|"
            + Pattern.quote(stem)
            + "-(?:"
            + STAMP
            + ")"
            + Pattern.quote(extension));
  }
}
