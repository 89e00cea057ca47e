package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of one node that did not answer. The kubelet waits forever when it opens a FIFO or a
/// socket, and one of its threads is blocked; so after the first such silence, files with similar
/// names are skipped. For one thread at a time: a node has one file transfer at once.
final class UnresponsiveFiles {
  private static final Pattern SPECIAL =
      Pattern.compile("(?:.*[._-])?(?:fifo|pipe|sock|socket)", Pattern.CASE_INSENSITIVE);

  private boolean any;

  /// Records that a file did not answer.
  Outcome silent(String words) {
    any = true;
    return new Outcome.Failed(
        Reason.TIMED_OUT,
        "no response (" + words + "): possibly a FIFO or a socket, on which the kubelet blocks");
  }

  /// The outcome of a file that is to be skipped; empty if it can be requested.
  Optional<Outcome> verdict(LogPath path) {
    if (any && SPECIAL.matcher(path.name()).matches()) {
      return Optional.of(
          new Outcome.Skipped(
              Reason.UNSUPPORTED,
              "not requested: its name suggests a FIFO or a socket, and another one of this node"
                  + " did not respond"));
    }
    return Optional.empty();
  }
}
