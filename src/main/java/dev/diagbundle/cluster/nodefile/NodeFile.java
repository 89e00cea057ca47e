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
/// @param path its path
/// @param bytes its size at the time `seen`
/// @param modified time of its last change, by the node's clock; empty if the server did not send
///   it
/// @param seen time of the request, by the node's clock; empty if the server did not send it
/// @param html whether it is served as HTML, in which the API server rewrites links
public record NodeFile(
    LogPath path, long bytes, Optional<Instant> modified, Optional<Instant> seen, boolean html) {
  /// The default limit on silence when a file is inspected. A FIFO or a socket is silent forever.
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

  /// Inspects a file without reading it, by requesting its first byte: the kubelet does not support
  /// HEAD.
  ///
  /// @return empty if the name is a folder, recognized by the redirect to its name with a slash
  /// @throws RequestFailedException if it does not exist or may not be read, or there is no
  ///   response in time
  public static Optional<NodeFile> look(
      Cluster cluster, String node, LogPath path, RequestOrigin caller, Duration idle)
      throws IOException, InterruptedException {
    var call = Request.raw(path.url(node), caller).withRange("bytes=0-0").withIdle(idle);
    try (var answer = cluster.get(call)) {
      if (answer.status() == 301 && leadsToFolder(answer)) {
        return Optional.empty();
      }
      // Older kubelets respond with 416 to any range of an empty file.
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

  /// As the other method, for a path that is text.
  public static Optional<NodeFile> look(
      Cluster cluster, String node, String path, RequestOrigin caller)
      throws IOException, InterruptedException {
    return look(cluster, node, LogPath.of(path), caller, USUAL_IDLE);
  }

  /// The file's bytes from `from` up to its size in this record, in one stream that is not resumed;
  /// see [FileTransfer] for one that is. The caller closes the response.
  public Response open(Cluster cluster, String node, long from, RequestOrigin caller)
      throws IOException, InterruptedException {
    var call = Request.raw(path.url(node), caller).withRange("bytes=" + from + "-" + (bytes - 1));
    return cluster.fetch(call);
  }

  /// The time from its last change to `seen`: both are of one clock, so it does not matter how
  /// wrong that is.
  public Optional<Duration> age() {
    return modified.flatMap(changed -> seen.map(now -> Duration.between(changed, now)));
  }

  /// The size of the whole file that a response belongs to.
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

  /// The offset of the first byte of a partial response; empty if it is not given.
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
