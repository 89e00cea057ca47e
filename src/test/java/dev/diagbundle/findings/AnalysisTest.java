package dev.diagbundle.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnalysisTest {
  @Test
  void foldedFindingCountsForTheWorstAndNotForTheRows() {
    var refused = new Outcome.Failed(Reason.FORBIDDEN, "User \"viewer\" cannot list it");
    var findings =
        new ClusterBundle().item("clusterDump/nodes", refused).analyze(RuleRegistry.all()).all();
    var critical = with(findings, Severity.CRITICAL);
    var warning = with(findings, Severity.WARNING);

    // What is unusable stays so when it is known why.
    var folded = roots(warning.withSymptoms(List.of(critical)));
    assertEquals(Optional.of(Severity.CRITICAL), folded.worst());
    assertEquals(0, folded.count(Severity.CRITICAL));
    assertEquals(Optional.of(Severity.WARNING), roots(warning).worst());
    assertEquals(Optional.empty(), roots().worst());
    var strip = new Analysis(List.of(), List.of(), List.of(warning), List.of(), List.of());
    assertEquals(Optional.of(Severity.WARNING), strip.worst());
  }

  private static Analysis roots(Finding... roots) {
    return new Analysis(List.of(roots), List.of(), List.of(), List.of(), List.of());
  }

  private static Finding with(List<Finding> findings, Severity severity) {
    return findings.stream().filter(each -> each.severity() == severity).findFirst().orElseThrow();
  }
}
