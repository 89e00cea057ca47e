package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Evidence;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.LogLine;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.bundle.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Files of the bundle that redaction cannot read: packed or binary ones, audit logs with whole
/// requests, and what is no business of a cluster's.
final class BundleUnredactableContent implements Analyzer {
  private static final Check CHECK =
      new Check(
          "bundle-unredactable-content",
          Layer.BUNDLE,
          "Leave these files out of the bundle, or hand them over apart and with consent.",
          Check.KUBERNETES + "tasks/debug/debug-cluster/audit/");
  private static final Map<String, Pattern> KINDS =
      new TreeMap<>(
          Map.of(
              "journals", Pattern.compile("\\.journal~?$"),
              "records of logins", Pattern.compile("(^|/)(wtmp|btmp|lastlog|utmp)(\\.\\d+)?$"),
              "dumps of memory",
                  Pattern.compile("(^|/)core(\\.\\d+)?$|\\.(hprof|dmp|mdmp|core)$|heapdump"),
              "packed files", Pattern.compile("\\.(gz|xz|bz2|zst|zip|tar|tgz|lz4)$"),
              "folders of others",
                  Pattern.compile(
                      "^(clusters/[^/]+/)?nodes/[^/]+/files/(.*/)?(postgresql|mysql|private|samba)/")));
  private static final int MAX_FILES = 1_000;

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    var audits = new TreeMap<String, LogLine>();
    interests.lines(
        "nodes/*/files/**",
        List.of("requestObject", "responseObject"),
        "audit\\.k8s\\.io.*\"(requestObject|responseObject)\"",
        line -> {
          if (audits.size() < MAX_FILES) {
            audits.putIfAbsent(line.path(), line);
          }
        });
    return (facts, conclusion) -> {
      var groups = Groups.byCause();
      for (Entry entry : facts.entries()) {
        var path = entry.path().value();
        KINDS.forEach((kind, pattern) -> {
          if (pattern.matcher(path).find()) {
            groups.add(hit(kind, path, new Evidence(path, 0, 0, List.of())));
          }
        });
      }
      audits.forEach((path, line) ->
          groups.add(
              hit(
                  "audit logs with whole requests",
                  path,
                  line.evidence().saying("requestObject or responseObject"))));
      conclusion.found(
          groups,
          group ->
              group.counted("file")
                  + " that redaction cannot read ("
                  + group.cause()
                  + "): "
                  + group.names());
    };
  }

  private static Hit hit(String kind, String path, Evidence place) {
    return Hit.of(Severity.WARNING, kind, new ObjectName("file", "", path), place);
  }
}
