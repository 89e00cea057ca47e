package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import java.util.regex.Pattern;

/// Files of the bundle that cannot be redacted: compressed or binary ones, audit logs with request
/// bodies, and directories of third parties.
final class BundleUnredactableContent extends Rule {
  private static final Map<String, Pattern> KINDS =
      new TreeMap<>(
          Map.of(
              "journals", Pattern.compile("\\.journal~?$"),
              "login records", Pattern.compile("(^|/)(wtmp|btmp|lastlog|utmp)(\\.\\d+)?$"),
              "memory dumps",
                  Pattern.compile("(^|/)core(\\.\\d+)?$|\\.(hprof|dmp|mdmp|core)$|heapdump"),
              "compressed files", Pattern.compile("\\.(gz|xz|bz2|zst|zip|tar|tgz|lz4)$"),
              "third-party directories",
                  Pattern.compile(
                      "^(clusters/[^/]+/)?nodes/[^/]+/files/(.*/)?(postgresql|mysql|private|samba)/")));
  private static final int MAX_FILES = 1_000;

  BundleUnredactableContent() {
    super(
        "bundle-unredactable-content",
        Layer.BUNDLE,
        "Exclude these files from the bundle, or hand them over separately and with consent.",
        KUBERNETES + "tasks/debug/debug-cluster/audit/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
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
      var groups = HitGroups.byCause();
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
                  "audit logs with request bodies",
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
