package dev.diagbundle.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void noAnalysisIsQuietBesideACriticalFindingAboutTheCollection() {
    var refused = new Outcome.Failed(Reason.FORBIDDEN, "User \"viewer\" cannot list it");
    var findings =
        new ClusterBundle().item("clusterDump/nodes", refused).analyze(RuleRegistry.all()).all();
    var critical = with(findings, Severity.CRITICAL);
    var warning = with(findings, Severity.WARNING);

    for (var doubtful :
        List.of(
            new Analysis(List.of(), List.of(critical), List.of(), List.of(), List.of()),
            new Analysis(List.of(), List.of(), List.of(critical), List.of(), List.of()))) {
      assertEquals(List.of(critical), doubtful.doubts());
      assertEquals(1, doubtful.count(Severity.CRITICAL));
      assertFalse(doubtful.isQuiet());
    }
    var doubtless = new Analysis(List.of(), List.of(), List.of(warning), List.of(), List.of());
    assertEquals(0, doubtless.count(Severity.WARNING));
    assertTrue(doubtless.isQuiet());
  }

  private static Analysis roots(Finding... roots) {
    return new Analysis(List.of(roots), List.of(), List.of(), List.of(), List.of());
  }

  private static Finding with(List<Finding> findings, Severity severity) {
    return findings.stream().filter(each -> each.severity() == severity).findFirst().orElseThrow();
  }
}
