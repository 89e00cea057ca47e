package dev.diagbundle.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One file below a node's log folder, as the kubelet's file server shows it.
///
/// @param path below the log folder, decoded, without a leading slash
/// @param bytes its size when it was looked at
/// @param modified when it was changed last, by the node's clock; empty if the server did not say
public record NodeFile(String path, long bytes, Optional<Instant> modified) {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:\\d+-\\d+|\\*)/(\\d+)");

  /// The names in a folder; folders among them end in `/`.
  ///
  /// @param directory below the log folder, ending in `/`, or empty for the log folder itself
  public static List<String> list(Cluster cluster, String node, String directory, Caller caller)
      throws IOException, InterruptedException {
    try (var answer = cluster.fetch(Call.raw(url(node, directory), caller))) {
      if (!answer.contentType().startsWith("text/html")) {
        // A folder with an index.html is answered with that file instead of its names.
        return List.of();
      }
      return DirectoryListing.read(answer.body());
    }
  }

  /// Looks at a file without reading it, by asking for its first byte: the kubelet takes no HEAD.
  ///
  /// @return empty if the name is a folder, seen by the redirect to its name with a slash
  /// @throws RefusedException if it is not there or may not be read
  public static Optional<NodeFile> look(Cluster cluster, String node, String path, Caller caller)
      throws IOException, InterruptedException {
    var call = Call.raw(url(node, path), caller).withRange("bytes=0-0");
    try (var answer = cluster.get(call)) {
      if (answer.status() == 301 || answer.status() == 307) {
        return Optional.empty();
      }
      // 416 is what an empty file answers to any range.
      if (!answer.isSuccess() && answer.status() != 416) {
        throw Refusals.of(answer);
      }
      return Optional.of(new NodeFile(path, size(answer), answer.lastModified()));
    }
  }

  /// The file's bytes, from `from` up to the size it had when it was looked at. The caller closes
  /// the answer.
  public Answer open(Cluster cluster, String node, long from, Caller caller)
      throws IOException, InterruptedException {
    var call = Call.raw(url(node, path), caller).withRange("bytes=" + from + "-" + (bytes - 1));
    return cluster.fetch(call);
  }

  private static long size(Answer answer) {
    var total = answer.header("Content-Range").map(CONTENT_RANGE::matcher);
    if (total.isPresent() && total.get().matches()) {
      return Long.parseLong(total.get().group(1));
    }
    if (answer.status() == 416) {
      return 0;
    }
    return answer.header("Content-Length").map(Long::parseLong).orElse(0L);
  }

  static String url(String node, String path) {
    var segments = new ArrayList<String>();
    for (String segment : path.split("/", -1)) {
      segments.add(Call.segment(segment));
    }
    return LogQuery.logsPath(node) + String.join("/", segments);
  }
}
