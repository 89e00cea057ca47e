package dev.diagbundle.cluster.podlog;

import module java.base;

import java.util.regex.Pattern;

/// An error of the kubelet in place of a container's log, or at its end: the `200` is sent before
/// it fails, so the message is written to the body
/// (`staging/src/k8s.io/cri-client/pkg/logs/logs.go`, `pkg/kubelet/kuberuntime`). A line of the
/// container cannot be mistaken for it: each has a stamp.
final class ContainerLogError {
  /// Maximum length of a line that is tested.
  static final int MAX_BYTES = 2048;

  private static final int MAX_SHOWN = 500;

  private static final Pattern ERROR =
      Pattern.compile(
          "unable to retrieve container logs for .*"
              + "|failed to (try resolving symlinks in path|open log file|tail -?[0-9]+ lines of"
              + "|seek -?[0-9]+ in|read log file|get parse function|create fsnotify|watch directory"
              + "|reset seek) ?.*"
              + "|(Error|Internal error|rpc error|http2?): .*"
              + "|context (canceled|deadline exceeded).*",
          Pattern.DOTALL);

  private static final Pattern GONE =
      Pattern.compile(
          "unable to retrieve container logs for .*"
              + "|failed to (try resolving symlinks|open log file).*"
              + "(no such file or directory|cannot find the (file|path) specified).*",
          Pattern.DOTALL);

  private ContainerLogError() {}

  /// The error that an unstamped line represents, if it is one.
  static Optional<String> of(byte[] line, int length) {
    if (length > MAX_BYTES) {
      return Optional.empty();
    }
    var text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    return ERROR.matcher(text).matches()
        ? Optional.of(text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text)
        : Optional.empty();
  }

  /// Returns whether the message means that the node does not have the log any more.
  static boolean isGone(String words) {
    return GONE.matcher(words).matches();
  }
}
