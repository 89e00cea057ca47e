package dev.diagbundle.findings.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.findings.Affected;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.BinCounts;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.findings.output.FindingsJson;
import dev.diagbundle.findings.output.LogPatternsJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The readers against the writers.
final class FindingsReaderTest {
  private static final Instant AT = Instant.parse("2026-11-21T04:00:00Z");

  @Test
  void findingsThatWereReadAreWrittenAsBefore() throws IOException {
    var check =
        new Check("a", Layer.CONTROL_PLANE, "Do it.", "https://x", List.of(), "It matters.");
    var symptom = finding(check, Severity.INFO, List.of());
    var root = finding(check, Severity.WARNING, List.of(symptom, symptom));
    var analysis =
        new Analysis(
            List.of(root),
            List.of(symptom),
            List.of(finding(check, Severity.CRITICAL, List.of())),
            List.of(
                new Analysis.Result(check, "eu", new Verdict.Fired(List.of("pods: x"))),
                new Analysis.Result(check, "eu", new Verdict.Clear()),
                new Analysis.Result(check, "us", new Verdict.Unknown(List.of("x", "y"))),
                new Analysis.Result(check, "us", new Verdict.Ignored())),
            List.of());
    var json = json(analysis);

    assertEquals(json, json(FindingsReader.read(new ByteArrayInputStream(json.getBytes(UTF_8)))));
  }

  @Test
  void patternsThatWereReadAreWrittenAsBefore() throws IOException {
    var bins = new BinCounts();
    bins.add(3);
    bins.add(3);
    bins.add(60);
    var source =
        new LogPatterns.Source("a.log", "n", 9, 3, Optional.of(AT), Optional.empty(), true, bins);
    var cluster =
        new LogPatterns(
            "eu",
            new LogPatterns.Totals(1, 2, 3, 4, 5, 6),
            AT,
            Duration.ofMinutes(2),
            List.of(
                new LogPatterns.Pattern(
                    "it failed #", 7, 2, Optional.of(AT), Optional.empty(), "a.log", 4, "it")),
            8,
            List.of(source),
            new LogPatterns.Others(9, 10, 11));
    var json = json(cluster);
    var sources = new ArrayList<LogPatterns.Source>();
    var read =
        new LogPatternsReader(10, (_, each) -> sources.add(each))
            .read(new ByteArrayInputStream(json.getBytes(UTF_8)))
            .getFirst();

    assertEquals(
        json,
        json(
            new LogPatterns(
                read.cluster(),
                read.totals(),
                read.from(),
                read.bin(),
                read.patterns(),
                read.dropped(),
                sources,
                read.others())));
  }

  private static Finding finding(Check check, Severity severity, List<Finding> symptoms) {
    return new Finding(
        check,
        "eu",
        severity,
        true,
        "title",
        "cause",
        3,
        Optional.of(AT),
        Optional.empty(),
        Affected.of(
            List.of(new ObjectName("Node", "", "n"), new ObjectName("Pod", "shop", "web-1"))),
        List.of(),
        List.of("n", "m"),
        List.of(new Evidence("a.log", 1, 2, List.of("x", "y")), Evidence.line("b.json", 0)),
        symptoms);
  }

  private static String json(Analysis analysis) throws IOException {
    var out = new ByteArrayOutputStream();
    new FindingsJson().write(analysis, "b", out);
    return out.toString(UTF_8);
  }

  private static String json(LogPatterns patterns) throws IOException {
    var out = new ByteArrayOutputStream();
    new LogPatternsJson().write(List.of(patterns), "b", out);
    return out.toString(UTF_8);
  }
}
