package dev.diagbundle.analyze;

/// A line of a log that a rule wanted to see.
///
/// @param path of the entry
/// @param number of the line, from 1
/// @param text the line, cut to a few thousand characters
public record LogLine(String path, long number, String text) {
  /// The node whose log it is; empty for logs of pods.
  public String node() {
    var segments = path.split("/", 5);
    int at = segments[0].equals("clusters") ? 2 : 0;
    return segments.length > at + 2 && segments[at].equals("nodes") ? segments[at + 1] : "";
  }

  /// The line as evidence.
  public Evidence evidence() {
    return Evidence.line(path, number, text);
  }
}
