package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A gzip file on a node, as logrotate leaves it, decompressed during transfer: only then can it be
/// redacted and searched. A transfer that breaks off is not resumed.
///
/// @param file the file with its size when it was inspected
public record CompressedFile(String node, NodeFile file, RequestOrigin caller) {
  private static final int BUFFER = 16 << 10;

  /// Returns whether the name of a file is that of a gzip file.
  public static boolean isNamed(LogPath path) {
    return path.name().endsWith(".gz");
  }

  /// Copies the contents of the file.
  ///
  /// @param out is not closed
  /// @throws ZipException if it is not in gzip format; nothing is written then
  /// @throws IOException if the connection or the output fails
  public Outcome copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    try (var answer = file.open(cluster, node, 0, caller)) {
      var body = new FailureRecordingInputStream(answer.body());
      var plain = new GZIPInputStream(body, BUFFER);
      var said = copy(plain, body, out);
      if (body.failure().isPresent()) {
        throw body.failure().get();
      }
      long missing = file.bytes() - body.bytes();
      if (said.isEmpty() && missing > 0) {
        said = "its last " + missing + " bytes are not compressed data";
      }
      return said.isEmpty() ? new Outcome.Collected() : new Outcome.Partial(Reason.TRUNCATED, said);
    }
  }

  /// @return the error in the compressed data; empty if there is none
  private static String copy(InputStream plain, FailureRecordingInputStream body, OutputStream out)
      throws IOException {
    var buffer = new byte[BUFFER];
    while (true) {
      int read;
      try {
        read = plain.read(buffer);
      } catch (EOFException e) {
        return body.failure().isPresent() ? "" : "the compressed file is truncated";
      } catch (ZipException e) {
        return "the compressed file is damaged: " + e.getMessage();
      }
      if (read < 0) {
        return "";
      }
      out.write(buffer, 0, read);
    }
  }
}
