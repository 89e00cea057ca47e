package dev.diagbundle.cluster.nodefile;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A file that its node keeps in gzip, as logrotate leaves it, unpacked on the way: only so can it
/// be redacted and searched. Where the answer breaks off, it is not taken up again.
///
/// @param file as it was looked at
public record CompressedFile(String node, NodeFile file, RequestOrigin caller) {
  private static final int BUFFER = 16 << 10;

  /// Whether a file is named as one.
  public static boolean isNamed(LogPath path) {
    return path.name().endsWith(".gz");
  }

  /// Copies what is in the file.
  ///
  /// @param out is not closed
  /// @throws ZipException if it is not in gzip; nothing is written then
  /// @throws IOException if the way here or the output fails
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

  /// @return what is wrong with the compressed data; empty if nothing is
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
