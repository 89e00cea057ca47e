package dev.diagbundle.report.input;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;

/// The ends of container logs. A log must be read from its start to its end, so large ones are
/// skipped, and so are all others once enough was read.
public final class LastLines {
  private static final int MAX_LINES = 8;
  private static final int MAX_LENGTH = 400;
  private static final long MAX_BYTES = 8L << 20;
  private static final long MAX_BYTES_IN_ALL = 64L << 20;
  private static final EntryPath LOGS = new EntryPath("cluster-resources/pods/logs");

  private final BundleFiles files;
  private long bytesRead;

  public LastLines(BundleFiles files) {
    this.files = files;
  }

  /// A line and its number in the log.
  public record Line(int number, String text) {}

  /// The log of the container, or of its previous run if there is only that, if it is in the bundle
  /// and not empty.
  ///
  /// @param cluster the cluster of the pod
  public Optional<Entry> log(BundleFiles cluster, String namespace, String pod, String container) {
    if (namespace.isEmpty() || pod.isEmpty() || container.isEmpty()) {
      return Optional.empty();
    }
    var folder = LOGS.child(namespace).child(pod);
    return cluster
        .find(folder.child(container + ".log"))
        .filter(entry -> entry.bytes() > 0)
        .or(() -> cluster.find(folder.child(container + "-previous.log")))
        .filter(entry -> entry.bytes() > 0);
  }

  /// The last lines that are not blank; none if the log is too large to read.
  public List<Line> of(Entry log) {
    if (log.bytes() > MAX_BYTES || bytesRead + log.bytes() > MAX_BYTES_IN_ALL) {
      return List.of();
    }
    bytesRead += log.bytes();
    var last = new ArrayDeque<Line>();
    files.eachLine(
        log,
        MAX_LENGTH,
        (number, line) -> {
          if (line.isBlank()) {
            return;
          }
          if (last.size() == MAX_LINES) {
            last.removeFirst();
          }
          last.addLast(new Line(number, line));
        });
    return List.copyOf(last);
  }
}
