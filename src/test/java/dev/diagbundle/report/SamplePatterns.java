package dev.diagbundle.report;

import java.io.IOException;

/// The sample bundle with the error lines that an analysis could have counted in it.
public final class SamplePatterns {
  public static final String KUBELET = "nodes/rig-1/services/kubelet.log";
  static final String CONTAINERD = "nodes/rig-1/services/containerd.log";

  private SamplePatterns() {}

  public static MemoryBundle create() throws IOException {
    return SampleFindings.create().file("log-patterns.json", text());
  }

  /// A file with one cluster that has these patterns and sources.
  public static String json(String patterns, String sources) {
    return """
    {"format":"diagbundle.dev/log-patterns/v1","bundle":"x","clusters":[{"cluster":"","logs":4,
     "incompleteLogs":1,"lines":1000,"errors":70,"untimed":1,"outsideWindow":0,
     "from":"2026-11-20T22:45:00Z","binMillis":60000,"otherPatterns":0,"droppedPatterns":12,
     "patterns":[%s],"otherLogs":0,"otherErrors":0,"sources":[%s]}]}
    """
        .formatted(patterns, sources);
  }

  public static String pattern(String pattern, String path, String example) {
    return """
    {"pattern":"%s","count":64,"sources":2,"firstSeen":"2026-11-21T04:01:00Z",
     "lastSeen":"2026-11-21T04:30:00Z","path":"%s","line":3,"example":"%s"}
    """
        .formatted(pattern, path, example);
  }

  public static String source(String path, String node, int errors, String begin, String bins) {
    return """
    {"path":"%s","node":"%s","lines":900,"errors":%d,"from":"%s","to":"2026-11-21T04:45:00Z",
     "complete":true,"bins":[%s]}
    """
        .formatted(path, node, errors, begin, bins);
  }

  private static String text() {
    return json(
        pattern("pod_workers.go:#] failed <address>", KUBELET, "E1121 04:01:00 failed 10.0.0.1")
            + ","
            + pattern("gone", "nodes/no/such.log", "it failed"),
        source(KUBELET, "rig-1", 64, "2026-11-20T22:50:00Z", "[316,4],[317,60]")
            + ","
            + source(CONTAINERD, "rig-1", 6, "2026-11-21T02:43:10Z", "[300,6]"));
  }
}
