package dev.diagbundle.report;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bundle in memory, filled by the test that reads it.
public final class MemoryBundle implements BundleContents {
  static final Instant END = Instant.parse("2026-11-21T04:45:40Z");

  private final List<Item> items = new ArrayList<>();
  private final Map<EntryPath, Entry> entries = new LinkedHashMap<>();
  private final Map<EntryPath, byte[]> contents = new LinkedHashMap<>();
  private Optional<String> interrupted = Optional.empty();
  private String cluster = "rig";
  private List<String> command = List.of("diagbundle", "collect", "-p", "support", "--since", "6h");

  public MemoryBundle interrupted(String cause) {
    interrupted = Optional.of(cause);
    return this;
  }

  MemoryBundle cluster(String name) {
    cluster = name;
    return this;
  }

  MemoryBundle command(String... words) {
    command = List.of(words);
    return this;
  }

  /// Plans an item; its id is made of the other values.
  public MemoryBundle item(String kind, String node, String name, Outcome outcome, long millis) {
    var id = kind + "/" + node + "/" + name;
    items.add(
        new Item(id, ItemKind.ofLabel(kind), node, name, outcome, 0, Duration.ofMillis(millis)));
    return this;
  }

  /// Plans an item that was collected into one file.
  public MemoryBundle item(String kind, String node, String name, String path, byte[] content) {
    var id = kind + "/" + node + "/" + name;
    items.add(
        new Item(
            id,
            ItemKind.ofLabel(kind),
            node,
            name,
            new Outcome.Collected(),
            content.length,
            Duration.ofMillis(7)));
    return file(path, content, id);
  }

  public MemoryBundle file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8), "");
  }

  MemoryBundle file(String path, byte[] content, String item) {
    return file(new EntryPath(path), content, item);
  }

  MemoryBundle file(EntryPath path, byte[] content, String item) {
    long lines = 0;
    for (byte b : content) {
      lines += b == '\n' ? 1 : 0;
    }
    contents.put(path, content);
    entries.put(
        path,
        new Entry(path, content.length, sha256(content), 0, content.length / 5, lines, END, item));
    return this;
  }

  @Override
  public Manifest manifest() {
    var run =
        new Manifest.Run(
            "0.1.0",
            "support",
            command,
            new Manifest.ClusterIdentity(
                cluster,
                "rig-admin",
                "https://10.200.0.1:6443",
                "v1.36.2",
                "system:serviceaccount:diag:diagbundle"),
            TimeWindow.endingAt(END, Duration.ofHours(6)),
            END,
            END.plusSeconds(47),
            Duration.ofMillis(-400),
            interrupted,
            "diagbundle-rig-20261121T044540Z");
    return new Manifest(run, items, List.copyOf(entries.values()));
  }

  @Override
  public String manifestSha256() {
    return sha256(new byte[0]);
  }

  @Override
  public Optional<Entry> find(EntryPath path) {
    return Optional.ofNullable(entries.get(path));
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    var content = contents.get(entry.path());
    if (content == null) {
      throw new IOException("no such entry: " + entry.path());
    }
    return new ByteArrayInputStream(content);
  }

  /// The page of this bundle.
  public String page() throws IOException {
    var out = new ByteArrayOutputStream();
    new ReportWriter().write(this, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Unpacks the bundle with its page; returns the page.
  public Path unpack(Path root) throws IOException {
    for (var entry : contents.entrySet()) {
      var file = root.resolve(entry.getKey().value());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    Files.writeString(root.resolve("manifest.json"), "{}");
    Files.writeString(root.resolve("SHA256SUMS"), "");
    return Files.writeString(root.resolve("index.html"), page());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
