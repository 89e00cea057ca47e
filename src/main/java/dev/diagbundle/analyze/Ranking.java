package dev.diagbundle.analyze;

import module java.base;

import dev.diagbundle.findings.Finding;

/// The order of findings: active ones before those that are over, the worst first, causes before
/// their consequences.
final class Ranking {
  private static final int SYSTEM_WEIGHT = 10;

  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::recovered)
          .thenComparing(Finding::severity)
          .thenComparing(finding -> finding.check().layer())
          .thenComparing(Comparator.comparingLong(Ranking::pods).reversed())
          .thenComparing(finding -> finding.firstSeen().orElse(Instant.MAX))
          .thenComparing(Finding::id)
          .thenComparing(Finding::cause)
          .thenComparing(Finding::title);

  private Ranking() {}

  /// The number of pods that it explains; pods of the system have a greater weight.
  private static long pods(Finding finding) {
    long own =
        finding.objects().stream()
            .filter(object -> object.kind().equals("Pod"))
            .mapToLong(object -> object.namespace().equals("kube-system") ? SYSTEM_WEIGHT : 1)
            .sum();
    return own + finding.symptoms().stream().mapToLong(Ranking::pods).sum();
  }
}
