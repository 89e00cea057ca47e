package dev.diagbundle.bundle;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run that never was, for tests.
public final class SampleRun {
  public static final String ROOT = "diagbundle-rig-20260301T120000Z";
  public static final Instant MODIFIED = Instant.parse("2026-03-01T11:59:58Z");

  private SampleRun() {}

  public static Manifest.Run run() {
    return new Manifest.Run(
        "0.1.0",
        "support",
        List.of("diagbundle", "collect", "--profile", "support"),
        new Manifest.ClusterIdentity(
            "rig", "admin@rig", "https://192.0.2.1:6443", "v1.36.2", "admin"),
        new TimeWindow(
            Instant.parse("2026-03-01T06:00:00Z"), Instant.parse("2026-03-01T12:00:00.25Z")),
        Instant.parse("2026-03-01T12:00:00.25Z"),
        Instant.parse("2026-03-01T12:01:07Z"),
        Duration.ofMillis(-1_250),
        Optional.of("deadline"),
        ROOT);
  }

  /// One item for each outcome.
  public static List<Item> items() {
    return List.of(
        item("kubelet", new Outcome.Collected()),
        item("rke2", new Outcome.Partial(Reason.TRUNCATED, "the answer cut off after 30 s")),
        item("docker", new Outcome.Skipped(Reason.NOT_FOUND, "no such service")),
        item("system", new Outcome.Failed(Reason.FORBIDDEN, "\u001b[31m<b>\"no\"</b> \u202e")),
        item("late", new Outcome.Cancelled("the deadline came first")));
  }

  public static Entry write(BundleWriter writer, String path, String content) throws IOException {
    return write(writer, new EntryPath(path), content.getBytes(StandardCharsets.UTF_8));
  }

  public static Entry write(BundleWriter writer, EntryPath path, byte[] content)
      throws IOException {
    try (var entry = writer.open(path, "nodeLogs/rig-1/kubelet", MODIFIED)) {
      entry.write(content);
      return entry.commit();
    }
  }

  /// Seals the bundle, gives it a report and finishes it.
  public static Path finish(BundleWriter writer) throws IOException {
    var contents = writer.seal(run(), items());
    writer.addReport(
        out -> out.write(contents.manifestSha256().getBytes(StandardCharsets.US_ASCII)));
    return writer.finish().getFirst();
  }

  private static Item item(String name, Outcome outcome) {
    return new Item(
        "nodeLogs/rig-1/" + name,
        ItemKind.NODE_LOGS,
        "rig-1",
        name,
        outcome,
        12_345,
        Duration.ofMillis(678));
  }
}
