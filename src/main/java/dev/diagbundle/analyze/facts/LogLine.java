package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.Evidence;

/// A line of a log that a rule subscribed to.
///
/// @param path the path of the entry
/// @param number the number of the line, from 1
/// @param text the line, truncated to a few thousand characters
/// @param time the time in the line, if it has one; without a zone it is in the node's
/// @param read the time at which the log was read
public record LogLine(String path, long number, String text, Optional<Instant> time, Instant read) {
  private static final int MAX_BRIEF = 600;
  private static final String CLUSTERS = "clusters/";
  private static final String POD_LOGS = "cluster-resources/pods/logs/";

  /// The node whose log it is; empty for logs of pods.
  public String node() {
    return nodeOf(path);
  }

  /// The node whose log is at the path; empty for logs of pods.
  public static String nodeOf(String path) {
    var segments = path.split("/", 5);
    int at = segments[0].equals("clusters") ? 2 : 0;
    return segments.length > at + 2 && segments[at].equals("nodes") ? segments[at + 1] : "";
  }

  /// The pod whose log it is, as `namespace/name`; empty for logs of nodes.
  public String pod() {
    int from = path.startsWith(CLUSTERS) ? path.indexOf('/', CLUSTERS.length()) + 1 : 0;
    if (!path.startsWith(POD_LOGS, from)) {
      return "";
    }
    var segments = path.substring(from + POD_LOGS.length()).split("/", 3);
    return segments.length == 3 ? segments[0] + "/" + segments[1] : "";
  }

  /// The line with only the start of its text, to be kept.
  public LogLine brief() {
    return text.length() <= MAX_BRIEF
        ? this
        : new LogLine(path, number, text.substring(0, MAX_BRIEF), time, read);
  }

  /// The line as evidence.
  public Evidence evidence() {
    return Evidence.line(path, number, text);
  }
}
