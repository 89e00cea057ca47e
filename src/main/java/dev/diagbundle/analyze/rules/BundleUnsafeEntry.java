package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Entries of the bundle that are unsafe to extract.
///
/// Absolute names, names with `..` or control characters, links and devices are rejected and
/// reported when the bundle is opened; this check covers names that overwrite each other and
/// content with an extreme compression ratio.
final class BundleUnsafeEntry extends Rule {
  /// A compression ratio that text never reaches (<https://www.zlib.net/zlib_tech.html>: at most
  /// 1,032).
  private static final long RATIO = 900;

  private static final long LARGE = 1L << 30;

  BundleUnsafeEntry() {
    super(
        "bundle-unsafe-entry",
        Layer.BUNDLE,
        "Do not extract this archive; read it with diagbundle cat, or request a new bundle.",
        KUBERNETES + "tasks/debug/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var twice = twice(facts);
      var seen = new HashMap<String, String>();
      for (Entry entry : facts.entries()) {
        var path = entry.path().value();
        var lower = path.toLowerCase(Locale.ROOT);
        var before = twice.contains(lower.hashCode()) ? seen.putIfAbsent(lower, path) : null;
        if (before != null) {
          groups.add(
              hit(before.equals(path) ? "duplicate path" : "paths differ only in case", path));
        }
        if (entry.bytes() > LARGE && entry.bytes() / RATIO > entry.compressedBytes()) {
          groups.add(hit("extreme compression ratio", path));
        }
      }
      conclusion.found(
          groups,
          group ->
              "Archive contains "
                  + group.count()
                  + (group.count() == 1 ? " unsafe entry" : " unsafe entries")
                  + " ("
                  + group.cause()
                  + "): "
                  + group.names());
    };
  }

  /// The hashes that more than one path has: these are few, and all paths are many.
  private static Set<Integer> twice(Facts facts) {
    var hashes =
        facts.entries().stream()
            .mapToInt(entry -> entry.path().value().toLowerCase(Locale.ROOT).hashCode())
            .sorted()
            .toArray();
    var twice = new HashSet<Integer>();
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        twice.add(hashes[i]);
      }
    }
    return twice;
  }

  private static Hit hit(String cause, String path) {
    return Hit.of(
        Severity.CRITICAL,
        cause,
        new ObjectName("file", "", path),
        new Evidence(path, 0, 0, List.of(cause)));
  }
}
