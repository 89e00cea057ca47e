package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.Response;
import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// One file below a node's log folder, as the kubelet's file server shows it.
///
/// @param path where it is
/// @param bytes its size when it was looked at
/// @param modified when it was changed last, by the node's clock; empty if the server did not say
/// @param seen when it was looked at, by the node's clock; empty if the server did not say
/// @param html whether it is served as HTML, in which the API server rewrites links
public record NodeFile(
    LogPath path, long bytes, Optional<Instant> modified, Optional<Instant> seen, boolean html) {
  /// How long a file may be silent when it is looked at. A FIFO or a socket is silent for ever.
  public static final Duration USUAL_IDLE = Duration.ofSeconds(20);

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18})");

  /// The names in a folder; folders among them end in `/`.
  ///
  /// @param directory below the log folder, ending in `/`, or empty for the log folder itself
  public static List<String> list(
      Cluster cluster, String node, String directory, RequestOrigin caller)
      throws IOException, InterruptedException {
    var names = new ArrayList<String>();
    var folder = directory.isEmpty() ? LogPath.ROOT : folder(directory);
    NodeFolder.read(
        cluster,
        node,
        folder,
        caller,
        path -> names.add(path.name() + (path.isFolder() ? "/" : "")));
    return names;
  }

  /// Looks at a file without reading it, by asking for its first byte: the kubelet takes no HEAD.
  ///
  /// @return empty if the name is a folder, seen by the redirect to its name with a slash
  /// @throws RequestFailedException if it is not there or may not be read, or does not answer in
  ///   time
  public static Optional<NodeFile> look(
      Cluster cluster, String node, LogPath path, RequestOrigin caller, Duration idle)
      throws IOException, InterruptedException {
    var call = Request.raw(path.url(node), caller).withRange("bytes=0-0").withIdle(idle);
    try (var answer = cluster.get(call)) {
      if (answer.status() == 301 && leadsToFolder(answer)) {
        return Optional.empty();
      }
      // 416 is what an empty file answers to any range on older kubelets.
      if (!answer.isSuccess() && answer.status() != 416) {
        throw ErrorClassifier.of(answer);
      }
      var size = answer.status() == 416 ? OptionalLong.of(total(answer).orElse(0)) : total(answer);
      if (size.isEmpty()) {
        throw new RequestFailedException(
            Reason.INVALID_ANSWER,
            answer.status(),
            "the response does not state the size of the file");
      }
      boolean html = answer.contentType().startsWith("text/html");
      return Optional.of(
          new NodeFile(path, size.getAsLong(), answer.lastModified(), answer.serverDate(), html));
    }
  }

  /// As the other, of a path that is text.
  public static Optional<NodeFile> look(
      Cluster cluster, String node, String path, RequestOrigin caller)
      throws IOException, InterruptedException {
    return look(cluster, node, LogPath.of(path), caller, USUAL_IDLE);
  }

  /// The file's bytes in one stream that is not taken up again, from `from` up to the size it had
  /// when it was looked at; see [FileTransfer] for one that is. The caller closes the answer.
  public Response open(Cluster cluster, String node, long from, RequestOrigin caller)
      throws IOException, InterruptedException {
    var call = Request.raw(path.url(node), caller).withRange("bytes=" + from + "-" + (bytes - 1));
    return cluster.fetch(call);
  }

  /// How long ago it was changed last: both times are of one clock, so it does not matter how wrong
  /// that is.
  public Optional<Duration> age() {
    return modified.flatMap(changed -> seen.map(now -> Duration.between(changed, now)));
  }

  /// The size of the whole file that an answer is about.
  static OptionalLong total(Response answer) {
    var range = answer.header("Content-Range").map(CONTENT_RANGE::matcher);
    if (range.isPresent() && range.get().matches()) {
      return OptionalLong.of(Long.parseLong(range.get().group(2)));
    }
    var length = answer.header("Content-Length").filter(text -> text.matches("\\d{1,18}"));
    return answer.status() == 200 && length.isPresent()
        ? OptionalLong.of(Long.parseLong(length.get()))
        : OptionalLong.empty();
  }

  /// The first byte that an answer in part brings; empty if it does not say.
  static OptionalLong first(Response answer) {
    var range = answer.header("Content-Range").map(CONTENT_RANGE::matcher);
    return range.isPresent() && range.get().matches() && range.get().group(1) != null
        ? OptionalLong.of(Long.parseLong(range.get().group(1)))
        : OptionalLong.empty();
  }

  private static LogPath folder(String directory) {
    return LogPath.of(directory.replaceAll("/$", "")).asFolder();
  }

  /// Go redirects a folder to its name with a slash, and `…/index.html` to `./`.
  private static boolean leadsToFolder(Response answer) {
    var location = answer.header("Location").orElse("").replaceFirst("\\?.*", "");
    return location.endsWith("/") && !location.equals("./");
  }
}
