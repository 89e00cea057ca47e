package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;

/// One file of a container's log in the log folder of its node, cut to a window. It may be a
/// rotated file, which the API server does not serve; a file whose name ends in `.gz` is
/// decompressed during transfer.
///
/// @param file the file with its size when it was inspected
/// @param maxBytes maximum bytes read, from the end of the file; not for a `.gz`, which has to be
///   read from its beginning
public record ContainerFile(
    String node, NodeFile file, TimeWindow window, long maxBytes, RequestOrigin caller) {
  private static final int BUFFER = 16 << 10;

  /// Copies the lines of the window.
  ///
  /// @param out is not closed; it has received nothing useful if the outcome is neither collected
  ///   nor partial
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    // One byte more than is wanted shows whether a line begins there.
    long from = isCompressed() ? 0 : Math.max(0, file.bytes() - maxBytes - 1);
    try (var answer = file.open(cluster, node, from, caller)) {
      var body = new FailureRecordingInputStream(answer.body());
      // Lines are written in pieces.
      var buffered = new BufferedOutputStream(out, BUFFER);
      var lines = new ContainerFileLines(window, from > 0, buffered);
      var broken = Optional.<String>empty();
      try {
        broken = copy(body, lines);
      } catch (IOException e) {
        // If the output failed, nothing more is written to it.
        if (body.failure().isEmpty()) {
          throw e;
        }
      }
      buffered.flush();
      if (body.failure().isPresent()) {
        throw body.failure().get();
      }
      if (broken.isPresent()) {
        return lines.kept() > 0
            ? new Outcome.Partial(Reason.TRUNCATED, broken.get())
            : new Outcome.Failed(Reason.TRUNCATED, broken.get());
      }
      long missing = lines.stopped() ? 0 : file.bytes() - from - body.bytes();
      return outcome(lines, from, missing, answer.contentType().startsWith("text/html"));
    }
  }

  private boolean isCompressed() {
    return file.path().name().endsWith(".gz");
  }

  /// @return the error in the compressed data, if there is one
  private Optional<String> copy(InputStream body, ContainerFileLines lines) throws IOException {
    if (!isCompressed()) {
      lines.copy(body);
      return Optional.empty();
    }
    try (var plain = new GZIPInputStream(body, BUFFER)) {
      lines.copy(plain);
      return Optional.empty();
    } catch (EOFException e) {
      return Optional.of("the compressed file is truncated");
    } catch (ZipException e) {
      return Optional.of("the compressed file is damaged: " + e.getMessage());
    }
  }

  private Outcome outcome(ContainerFileLines lines, long from, long missing, boolean html) {
    // Lines are in the order of time: if one before the window was read, the whole window was.
    boolean cut =
        from > 0 && !lines.first().map(time -> time.isBefore(window.from())).orElse(false);
    var read = ByteSize.format(maxBytes) + " of " + ByteSize.format(file.bytes());
    if (lines.kept() == 0) {
      return cut
          ? new Outcome.Skipped(
              Reason.LIMIT,
              "only the last " + read + " were read, without a line in the time window")
          : empty(missing);
    }
    if (missing > 0) {
      return new Outcome.Partial(Reason.TRUNCATED, shorter(missing));
    }
    if (cut) {
      return new Outcome.Partial(Reason.LIMIT, "only the last " + read);
    }
    return odd(lines, html)
        .<Outcome>map(words -> new Outcome.Partial(Reason.INVALID_ANSWER, words))
        .orElseGet(Outcome.Collected::new);
  }

  private Outcome empty(long missing) {
    return missing > 0
        ? new Outcome.Failed(Reason.TRUNCATED, shorter(missing))
        : new Outcome.Skipped(Reason.EMPTY, "no lines in the time window");
  }

  private String shorter(long missing) {
    return isCompressed()
        ? "its last " + missing + " bytes are not compressed data"
        : "the file had " + file.bytes() + " bytes and was truncated while it was read";
  }

  /// A note for readers on the lines, although none is missing.
  private static Optional<String> odd(ContainerFileLines lines, boolean html) {
    var words = new ArrayList<String>();
    if (lines.unknown() > 0) {
      words.add("lines in an unknown format, kept unchanged: " + lines.unknown());
    }
    if (lines.split() > 0) {
      words.add("lines split in two by long output of the other stream: " + lines.split());
    }
    if (html) {
      words.add("served as text/html: links may be rewritten by the API server");
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }
}
