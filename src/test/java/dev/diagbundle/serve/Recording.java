package dev.diagbundle.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// One recorded request to a real API server, and its answer.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Recording(
    String path, Map<String, String> asked, int status, Map<String, String> headers, byte[] body) {
  static final Path FOLDER = Path.of("src/test/resources/recordings/http");

  /// @param number the first three characters of the file's name
  static Recording of(String number) throws IOException {
    try (var files = Files.newDirectoryStream(FOLDER, number + "-*.http")) {
      return read(files.iterator().next());
    }
  }

  static Recording read(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    int answer = text.indexOf("HTTP/1.1 ");
    int body = text.indexOf("\n\n", answer) + 2;
    var status = text.substring(answer + 9, answer + 12);
    var requestLine = text.substring(0, text.indexOf('\n'));
    var rest = Arrays.copyOfRange(bytes, Math.min(body, bytes.length), bytes.length);
    return new Recording(
        requestLine.split(" ", 2)[1],
        headers(text.substring(0, answer)),
        Integer.parseInt(status),
        headers(text.substring(answer, Math.min(body, text.length()))),
        rest);
  }

  String contentType() {
    return headers.getOrDefault("Content-Type", "");
  }

  /// The body without the line end that the recorder added behind it.
  byte[] bodyAsSent() {
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "-1"));
    return length >= 0 && length <= body.length ? Arrays.copyOf(body, length) : body;
  }

  String text() {
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bodyAsSent())).toString();
  }

  private static Map<String, String> headers(String head) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    head.lines()
        .filter(line -> line.contains(": "))
        .forEach(line -> {
          var pair = line.split(": ", 2);
          headers.put(pair[0], pair[1]);
        });
    return headers;
  }
}
