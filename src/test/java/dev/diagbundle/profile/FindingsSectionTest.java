package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FieldPath;
import dev.diagbundle.model.checks.FieldTest;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.model.checks.LogKind;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.load.ProfileText;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The section `findings` of profiles.
final class FindingsSectionTest {
  private static final String HEAD = "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\n";
  private static final String WHOLE =
      """
      findings:
        ignore: [pod-restarted-recently]
        thresholds: { clockSkew: 10s, volumeFreePercent: 20 }
        rules:
          - id: db-lost
            severity: critical
            title: "{count} lost: {names}"
            meaning: It is down.
            remedy: Start it.
            docs: https://example.com/db
            log: { pattern: db lost, from: [podLogs], paths: ["api/*"], min: 3, window: 5m }
          - id: one-replica
            severity: info
            title: Few
            remedy: More.
            object:
              kind: deployments.apps
              namespaces: [shop]
              where:
                - { path: .spec.replicas, op: in, value: [0, 1] }
                - { path: .spec.paused, op: eq, value: true }
                - { path: .status, op: exists }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void everyKeyIsReadAndWritten() throws Exception {
    var profile = load(WHOLE);
    var settings = profile.findings();
    assertEquals(List.of("pod-restarted-recently"), settings.ignored());
    assertEquals(Duration.ofSeconds(10), settings.thresholds().clockSkew());
    assertEquals(20, settings.thresholds().volumeFreePercent());
    assertEquals(Duration.ofDays(14), settings.thresholds().certificateExpiry());
    assertEquals(
        List.of(
            new CustomRule(
                "db-lost",
                "critical",
                "{count} lost: {names}",
                "It is down.",
                "Start it.",
                "https://example.com/db",
                new CustomRule.Lines(
                    LinePattern.parse("db lost").orElseThrow(),
                    List.of(LogKind.POD_LOGS),
                    List.of(new Glob("api/*")),
                    3,
                    Optional.of(Duration.ofMinutes(5)))),
            new CustomRule(
                "one-replica",
                "info",
                "Few",
                "",
                "More.",
                "",
                new CustomRule.Objects(
                    "deployments.apps",
                    List.of(new Glob("shop")),
                    List.of(
                        test(".spec.replicas", FieldTest.Op.IN, "0", "1"),
                        test(".spec.paused", FieldTest.Op.EQ, "true"),
                        test(".status", FieldTest.Op.EXISTS))))),
        settings.rules());
    var yaml = ProfileText.yaml(profile);
    var copy = Files.writeString(folder.resolve("copy.yaml"), yaml);
    assertEquals(profile, ProfileCatalog.load(List.of(copy.toString())));
  }

  @Test
  void profileThatTunesNothingHasNoSection() throws Exception {
    var profile = ProfileCatalog.load(List.of("minimal"));
    assertEquals(FindingSettings.NONE, profile.findings());
    assertTrue(!ProfileText.yaml(profile).contains("findings"));
  }

  @Test
  void sectionsAreLaidOverEachOther() throws Exception {
    Files.writeString(folder.resolve("base.yaml"), HEAD + WHOLE);
    var merged =
        load("""
        extends: ./base.yaml
        findings:
          ignore: [clock-skew, pod-restarted-recently]
          thresholds: { clockSkew: 1m }
          rules:
            - id: db-lost
              severity: info
              title: Only said
              remedy: Nothing.
              log: { pattern: db lost }
        """)
            .findings();
    assertEquals(List.of("pod-restarted-recently", "clock-skew"), merged.ignored());
    assertEquals(Duration.ofMinutes(1), merged.thresholds().clockSkew());
    assertEquals(20, merged.thresholds().volumeFreePercent());
    assertEquals(
        List.of("db-lost Only said", "one-replica Few"),
        merged.rules().stream().map(rule -> rule.id() + " " + rule.title()).toList());
  }

  @Test
  void allThatIsWrongIsSaidWithItsPlaceAndWhatWasMeant() throws IOException {
    assertEquals(
        List.of(
            "5:12: unknown check 'pod-crash-lop', did you mean 'pod-crash-loop'?",
            "7:5: unknown key 'clockskew', did you mean 'clockSkew'?",
            "8:24: expected a whole number from 0 to 100, got 120",
            "10:7: missing required key 'title'",
            "10:7: missing required key 'remedy'",
            "10:7: missing required key 'log' or 'object'",
            "10:11: id 'clock-skew' belongs to a built-in check",
            "11:17: unknown severity 'warnin', did you mean 'warning'?",
            "12:7: missing required key 'remedy'",
            "12:7: rule has both 'log' and 'object'",
            "15:7: missing required key 'pattern'",
            "15:14: unknown key 'patern', did you mean 'pattern'?",
            "19:21: invalid field path 'spec.x' at 'spec.x'",
            "19:33: unknown operator 'eqs', did you mean 'eq'?",
            "20:29: 'gt' requires one value, got none",
            "21:40: expected a number or an amount such as 512Mi, got 'lots'",
            "22:44: 'exists' takes no value",
            "23:40: 'eq' requires one value, got 2",
            "24:45: invalid regular expression '[': missing closing ]: `[`",
            "25:11: duplicate rule id 'a', first at line 12"),
        problems(
            """
            findings:
              ignore: [pod-crash-lop]
              thresholds:
                clockskew: 5s
                volumeFreePercent: 120
              rules:
                - id: clock-skew
                  severity: warnin
                - id: a
                  severity: info
                  title: T
                  log: { patern: x }
                  object:
                    kind: pods
                    where:
                      - { path: spec.x, op: eqs, value: 1 }
                      - { path: .a, op: gt }
                      - { path: .a, op: lt, value: lots }
                      - { path: .a, op: exists, value: 1 }
                      - { path: .a, op: eq, value: [1, 2] }
                      - { path: .a, op: matches, value: "[" }
                - id: a
                  severity: info
                  title: T
                  remedy: R
                  log: { pattern: x }
            """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1", "1.", ".5", "1E", "1e3", "100m", "1Ki", "-2"})
  void quantitiesOfKubernetesCanBeCompared(String quantity) throws Exception {
    assertEquals(
        List.of(),
        problems(
            """
            findings:
              rules:
                - id: a
                  severity: info
                  title: T
                  remedy: R
                  object:
                    kind: pods
                    where: [{ path: .a, op: gt, value: "%s" }]
            """
                .formatted(quantity)));
  }

  private static FieldTest test(String path, FieldTest.Op op, String... values) {
    return new FieldTest(FieldPath.parse(path).orElseThrow(), op, List.of(values));
  }

  private Profile load(String text) throws Exception {
    var file = Files.writeString(folder.resolve("x.yaml"), HEAD + text);
    return ProfileCatalog.load(List.of(file.toString()));
  }

  private List<String> problems(String text) throws IOException {
    var file = Files.writeString(folder.resolve("x.yaml"), HEAD + text);
    return ProfileValidator.validate(file).stream()
        .map(Problem::message)
        .map(message -> message.substring(file.toString().length() + 1))
        .toList();
  }
}
