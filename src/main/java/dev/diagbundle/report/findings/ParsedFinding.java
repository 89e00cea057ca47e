package dev.diagbundle.report.findings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A finding as `findings.json` tells it, as far as the page shows it.
///
/// @param check id of the check
/// @param cluster the folder of its cluster; empty if the bundle has one
/// @param layer where the cause lies, for example `node`
/// @param meaning why it matters; empty if `findings.json` does not say so
/// @param kinds how many objects of each kind it concerns
/// @param objects the first of them, without their kinds
/// @param nodes the first nodes where they are
/// @param explains findings that follow from this one
public record ParsedFinding(
    String check,
    String cluster,
    SeverityBadge severity,
    String layer,
    boolean recovered,
    String title,
    String cause,
    long occurrences,
    Optional<Instant> first,
    Optional<Instant> last,
    Map<String, Integer> kinds,
    List<String> objects,
    List<String> nodes,
    List<Proof> evidence,
    String meaning,
    String remedy,
    String docs,
    List<ParsedFinding> explains) {
  /// Where in the bundle a fact stands.
  ///
  /// @param path of the entry, as the file says it: it may lead nowhere
  /// @param from the first line, from 1; 0 if the whole entry is meant
  public record Proof(String path, long from, long to, List<String> lines) {
    /// Path and line, as editors take it.
    String place() {
      return from > 0 ? path + ":" + from : path;
    }
  }

  /// How many objects it concerns.
  int count() {
    return kinds.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How many findings follow from it, directly or not.
  int symptoms() {
    return explains.stream().mapToInt(each -> 1 + each.symptoms()).sum();
  }
}
