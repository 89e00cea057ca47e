package dev.diagbundle.bundle.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergedLogsTest {
  private static final TimeWindow ALWAYS =
      new TimeWindow(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));

  @TempDir private Path folder = Path.of("");

  @Test
  void linesComeInTheOrderOfTimeWhateverTheirSpelling() throws Exception {
    var story =
        told(
            Map.of(
                "nodes/a/services/kubelet.log", "Mar 01 11:00:02.000000 a kubelet[1]: two\n",
                "nodes/w/services/kubelet.log", "I0301 11:00:01.000000 1 x.go:1] one\n",
                "cluster-resources/pods/logs/s/p/c.log", "2026-03-01T11:00:03.5Z three\n"),
            ALWAYS,
            128);
    assertEquals(
        List.of(
            "11:00:01Z w/kubelet I0301 11:00:01.000000 1 x.go:1] one",
            "11:00:02Z a/kubelet a kubelet[1]: two",
            "11:00:03.500Z s/p/c three"),
        story);
  }

  @Test
  void aLineWithoutATimeFollowsTheOneBeforeIt() throws Exception {
    var story =
        told(
            Map.of(
                "nodes/a/files/x.log",
                text(
                    "heading",
                    "2026-03-01T11:00:01Z boom",
                    "  at one",
                    "  at two",
                    "2026-03-01T11:00:05Z end"),
                "nodes/b/files/x.log",
                "2026-03-01T11:00:02Z other\n"),
            ALWAYS,
            128);
    assertEquals(
        List.of(
            "11:00:01Z a/x.log heading",
            "11:00:01Z a/x.log boom",
            "11:00:01Z a/x.log   at one",
            "11:00:01Z a/x.log   at two",
            "11:00:02Z b/x.log other",
            "11:00:05Z a/x.log end"),
        story);
  }

  @Test
  void theSpanIsHalfOpenAndTakesContinuationsAlong() throws Exception {
    var text =
        text(
            "2026-03-01T11:00:01Z before",
            "  its second",
            "2026-03-01T11:00:02Z first",
            "  its second",
            "2026-03-01T11:00:03Z behind");
    var span =
        new TimeWindow(
            Instant.parse("2026-03-01T11:00:02Z"), Instant.parse("2026-03-01T11:00:03Z"));
    assertEquals(
        List.of("11:00:02Z a/x.log first", "11:00:02Z a/x.log   its second"),
        told(Map.of("nodes/a/files/x.log", text), span, 128));
  }

  @Test
  void aNodesZoneIsThatWhichTheRunHasLearnt() throws Exception {
    var story =
        told(
            Map.of(
                "nodes/w/services/kubelet.log", "I0301 03:00:01.000000 1 x.go:1] one\n",
                "nodes/w/log-query.json", "{\"state\": \"on\", \"utcOffset\": \"-08:00\"}"),
            ALWAYS,
            128);
    assertEquals(List.of("11:00:01Z w/kubelet I0301 03:00:01.000000 1 x.go:1] one"), story);
  }

  @Test
  void moreLogsThanMayBeOpenGiveTheSameStory() throws Exception {
    var files = new TreeMap<String, String>();
    for (int i = 0; i < 50; i++) {
      var text = new StringBuilder();
      for (int k = 0; k < 20; k++) {
        int second = (i * 7 + k * 13) % 60;
        text.append("2026-03-01T11:%02d:%02dZ %d/%d%n".formatted(k, second, i, k));
        text.append("  more of ").append(i).append(" ").append("y".repeat(i * 400)).append('\n');
      }
      files.put("nodes/n%02d/files/x.log".formatted(i), text.toString().replace("\r", ""));
    }
    var whole = told(files, ALWAYS, 128);
    assertEquals(2_000, whole.size());
    assertEquals(whole, told(files, ALWAYS, 3));
  }

  @Test
  void whatHasNoTimesAndWhatIsBinaryIsNamed() throws Exception {
    var bundle = bundle(Map.of("nodes/a/files/wtmp", "\0\0x", "nodes/a/files/x.log", "no time\n"));
    try (var reader = BundleReader.open(bundle)) {
      var story = new MergedLogs(reader, ALWAYS);
      story.look(reader.manifest().entries());
      assertEquals(List.of(), story.files());
      assertEquals(
          List.of("nodes/a/files/wtmp", "nodes/a/files/x.log"),
          story.untimed().stream().sorted().toList());
    }
  }

  @Test
  void aDamagedLogIsToldToWhereItIsWholeAndNamed() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("2026-03-01T11:00:%02dZ %s%n".formatted(i, Integer.toHexString(i * 7919)));
    }
    var bundle =
        bundle(
            Map.of(
                "nodes/a/files/x.log",
                text.toString(),
                "nodes/b/files/x.log",
                "2026-03-01T11:00:30Z well\n"));
    var bytes = Files.readAllBytes(bundle);
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(new dev.diagbundle.model.EntryPath("nodes/a/files/x.log"));
      bytes[(int) (entry.orElseThrow().offset() + entry.orElseThrow().compressedBytes() - 6)] ^= 1;
    }
    Files.write(bundle, bytes);
    try (var reader = BundleReader.open(bundle)) {
      var story = new MergedLogs(reader, ALWAYS);
      story.look(reader.manifest().entries());
      var lines = lines(story);
      assertTrue(lines.contains("11:00:30Z b/x.log well"), lines.toString());
      assertEquals(
          true, story.unread().stream().allMatch(why -> why.contains("nodes/a/files/x.log")));
      assertEquals(false, story.unread().isEmpty());
    }
  }

  private static String text(String... lines) {
    return String.join("\n", lines);
  }

  private List<String> told(Map<String, String> files, TimeWindow span, int maxOpen)
      throws IOException, DiagbundleException {
    try (var reader = BundleReader.open(bundle(files))) {
      var story = new MergedLogs(reader, span, maxOpen);
      var logs =
          LogChoice.of(false, List.of(), List.of())
              .files(
                  reader.manifest().entries().stream()
                      .sorted((a, b) -> a.path().compareTo(b.path()))
                      .toList(),
                  reader.manifest().items());
      story.look(logs);
      assertEquals(List.of(), story.unread());
      return lines(story);
    }
  }

  private static List<String> lines(MergedLogs story) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    story.tell((source, time, bytes, from, to, begins, ends) -> {
      if (begins && !line.isEmpty()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (begins) {
        var shown = time.toString().substring("2026-03-01T".length());
        line.append(shown).append(' ');
        line.append(LogChoice.name(story.files().get(source))).append(' ');
      }
      line.append(new String(bytes, from, to - from, UTF_8));
      if (ends) {
        lines.add(line.toString());
        line.setLength(0);
      }
    });
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private Path bundle(Map<String, String> files) throws IOException, DiagbundleException {
    var target = folder.resolve("b.tar.gz");
    try (var writer = BundleWriter.create(target, SampleRun.ROOT, WriterOptions.unlimited())) {
      for (var file : files.entrySet()) {
        SampleRun.write(writer, file.getKey(), file.getValue());
      }
      return SampleRun.finish(writer);
    }
  }
}
