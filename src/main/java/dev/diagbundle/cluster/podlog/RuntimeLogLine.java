package dev.diagbundle.cluster.podlog;

import module java.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.podlog.LineAssembler.Origin;

/// The fields before the text of a line in a container's log file, in either of the two formats
/// that the kubelet reads (`pkg/kubelet/kuberuntime/logs/logs.go`).
///
/// @param stamp in the format of `kubectl logs --timestamps`, with nine digits of a second
/// @param time the same, parsed
/// @param origin the stream
/// @param goesOn whether the line continues in the next part of the same stream
/// @param text of a record of Docker; empty in the CRI format, where the text follows in the file
/// @param textAt offset of the text that follows in the parsed bytes
record RuntimeLogLine(
    String stamp, Instant time, Origin origin, boolean goesOn, String text, int textAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Parses the beginning of a CRI line: `<RFC 3339 time> stdout|stderr F|P[:…] text`.
  ///
  /// @param bytes the buffer, of which `length` bytes count; more of the line may follow
  static Optional<RuntimeLogLine> ofInterface(byte[] bytes, int length) {
    int stampEnd = blank(bytes, 0, length);
    int streamEnd = blank(bytes, stampEnd + 1, length);
    int tagEnd = blank(bytes, streamEnd + 1, length);
    if (tagEnd > length || tagEnd - streamEnd < 2) {
      return Optional.empty();
    }
    var stream = text(bytes, stampEnd + 1, streamEnd);
    if (!stream.equals("stdout") && !stream.equals("stderr")) {
      return Optional.empty();
    }
    var tag = text(bytes, streamEnd + 1, tagEnd);
    boolean goesOn = tag.equals("P") || tag.startsWith("P:");
    return of(text(bytes, 0, stampEnd), stream, goesOn, "", Math.min(tagEnd + 1, length));
  }

  /// Parses a whole line in Docker's format: `{"log":"text\n","stream":"stdout","time":"…"}`.
  /// Docker omits the line feed if the line continues.
  static Optional<RuntimeLogLine> ofDocker(byte[] bytes, int length) {
    try {
      var record = JSON.readTree(bytes, 0, length);
      if (record == null || !(record.has("log") || record.has("stream"))) {
        return Optional.empty();
      }
      var log = record.path("log").asText("");
      boolean goesOn = !log.endsWith("\n");
      var text = goesOn ? log : log.substring(0, log.length() - 1);
      return of(
          record.path("time").asText(""),
          record.path("stream").asText("stdout"),
          goesOn,
          text,
          length);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<RuntimeLogLine> of(
      String stamp, String stream, boolean goesOn, String text, int textAt) {
    try {
      var origin = stream.equals("stderr") ? Origin.STDERR : Origin.STDOUT;
      return Optional.of(
          new RuntimeLogLine(padded(stamp), Instant.parse(stamp), origin, goesOn, text, textAt));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The stamp with nine digits of a second, in its own zone.
  private static String padded(String stamp) {
    int second = "2026-11-21T03:14:29".length();
    if (stamp.length() <= second) {
      return stamp;
    }
    int zone = second;
    if (stamp.charAt(second) == '.') {
      zone++;
      while (zone < stamp.length() && Character.isDigit(stamp.charAt(zone))) {
        zone++;
      }
    }
    var digits = new StringBuilder(stamp.substring(Math.min(zone, second + 1), zone));
    digits.append("0".repeat(Math.max(0, 9 - digits.length())));
    var name = stamp.substring(zone);
    return stamp.substring(0, second) + "." + digits + (name.equals("+00:00") ? "Z" : name);
  }

  /// The position of the next blank; the length if there is none; `from` if it is beyond that.
  private static int blank(byte[] bytes, int from, int length) {
    int at = from;
    while (at < length && bytes[at] != ' ') {
      at++;
    }
    return at;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.ISO_8859_1);
  }
}
