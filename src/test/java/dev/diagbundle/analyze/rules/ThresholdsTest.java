package dev.diagbundle.analyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.model.checks.Thresholds;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules under thresholds that a site has set.
final class ThresholdsTest {
  @ParameterizedTest
  @CsvSource({
    "10, 3, 5, none",
    "30, 3, 5, WARNING",
    "30, 25, 5, CRITICAL",
    "10, 3, 60, WARNING",
  })
  void volumeWithAFifthFreeIsFullWhereTheSiteSaysSo(
      int free, int critical, int inodes, String severity) {
    var bundle =
        new ClusterBundle()
            .file(
                "nodes/n1/kubelet/stats-summary.json",
                "{\"pods\":[{\"volume\":[{\"name\":\"data\",\"pvcRef\":{\"name\":\"data\","
                    + "\"namespace\":\"shop\"},\"availableBytes\":20,\"capacityBytes\":100,"
                    + "\"inodes\":100,\"inodesFree\":50}]}]}");
    var defaults = Thresholds.DEFAULTS;
    var thresholds =
        new Thresholds(
            defaults.clockSkew(),
            defaults.clockSkewCritical(),
            defaults.certificateExpiry(),
            defaults.crashLoopRestarts(),
            defaults.restartedWithin(),
            defaults.oomKilledWithin(),
            defaults.terminatingFor(),
            free,
            critical,
            inodes);
    var found =
        new BundleAnalyzer(
                List.of(new VolumeNearlyFull()),
                new FindingSettings(List.of(), thresholds, List.of()))
            .analyze(bundle)
            .roots();
    assertEquals(
        severity.equals("none") ? List.of() : List.of(Severity.valueOf(severity)),
        found.stream().map(finding -> finding.severity()).toList());
  }
}
