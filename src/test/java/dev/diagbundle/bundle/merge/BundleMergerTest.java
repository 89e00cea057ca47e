package dev.diagbundle.bundle.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.archive.Identities;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.bundle.read.BundleVerifier;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.testing.RequiredTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleMergerTest {
  private static final String LOG = "nodes/rig-1/services/kubelet.log";
  private static final List<String> COMMAND = List.of("diagbundle", "merge");

  @TempDir private Path folder = Path.of("");

  @Test
  void shardsOfAClusterBecomeOneBundleOfIt() throws Exception {
    var a = bundle("a", "rig", Map.of(LOG, "one\n", "version.yaml", "v\n"));
    var b = bundle("b", "rig", Map.of("nodes/rig-2/describe.txt", "two\n", "version.yaml", "v\n"));
    var result = merge(List.of(a, b));
    assertEquals(1, result.clusters());
    assertEquals(3, result.files());
    assertEquals(1, result.equal());
    assertEquals(List.of(), result.renamed());
    try (var merged = BundleReader.open(result.file())) {
      assertEquals(false, merged.manifest().run().hasSeveral());
      assertEquals("one\n", content(merged, LOG));
      assertEquals("two\n", content(merged, "nodes/rig-2/describe.txt"));
      assertEquals(SampleRun.ROOT, merged.manifest().run().rootFolder());
    }
    assertGreen(result.file());
  }

  @Test
  void theSamePathWithOtherContentGetsANumberAndIsNamed() throws Exception {
    var a = bundle("a", "rig", Map.of(LOG, "one\n"));
    var b = bundle("b", "rig", Map.of(LOG, "other\n"));
    var c = bundle("c", "rig", Map.of(LOG, "other\n"));
    var result = merge(List.of(a, b, c));
    assertEquals(
        List.of(
            "'"
                + LOG
                + "' is there with other content; it is"
                + " 'nodes/rig-1/services/kubelet~2.log'"),
        result.renamed());
    assertEquals(1, result.equal());
    try (var merged = BundleReader.open(result.file())) {
      assertEquals("one\n", content(merged, LOG));
      assertEquals("other\n", content(merged, "nodes/rig-1/services/kubelet~2.log"));
      var items = merged.manifest().items().stream().map(Item::id).distinct().count();
      assertEquals(15, items);
      var renamed = merged.find(new EntryPath("nodes/rig-1/services/kubelet~2.log"));
      assertEquals("nodeLogs/rig-1/kubelet~2", renamed.orElseThrow().item());
    }
    assertGreen(result.file());
  }

  @Test
  void findingsAreMadeAnewOfAllThatIsThere() throws Exception {
    var a = bundle("a", "rig", Map.of("findings.json", "old", LOG, "one\n"));
    var b = bundle("b", "rig", Map.of("findings.json", "old, too", "version.yaml", "v\n"));
    var result = merge(List.of(a, b));
    try (var merged = BundleReader.open(result.file())) {
      assertEquals("2 files", content(merged, "findings.json"));
    }
    assertEquals(List.of(), result.renamed());
    assertGreen(result.file());
  }

  @Test
  void severalClustersGetAFolderEach() throws Exception {
    var a = bundle("a", "eu", Map.of(LOG, "one\n"));
    var b = bundle("b", "us", Map.of(LOG, "two\n"));
    var result = merge(List.of(a, b));
    assertEquals(2, result.clusters());
    try (var merged = BundleReader.open(result.file())) {
      var parts = merged.manifest().run().clusters();
      assertEquals(
          List.of("admin@eu", "admin@us"), parts.stream().map(Manifest.Part::name).toList());
      assertEquals("one\n", content(merged, "clusters/admin@eu/" + LOG));
      assertEquals("two\n", content(merged, "clusters/admin@us/" + LOG));
      assertEquals(
          "clusters/admin@us/nodeLogs/rig-1/kubelet",
          merged.find(new EntryPath("clusters/admin@us/" + LOG)).orElseThrow().item());
      assertEquals(
          5,
          merged.manifest().items().stream().filter(i -> i.cluster().equals("admin@us")).count());
    }
    assertGreen(result.file());
    // And a shard of one of them finds its place in it.
    var c = bundle("c", "us", Map.of("nodes/rig-9/describe.txt", "nine\n"));
    Files.move(result.file(), folder.resolve("two.tar.gz"));
    var again = merge(List.of(folder.resolve("two.tar.gz"), c));
    try (var merged = BundleReader.open(again.file())) {
      assertEquals("nine\n", content(merged, "clusters/admin@us/nodes/rig-9/describe.txt"));
    }
    assertGreen(again.file());
  }

  @Test
  void compressedBytesAreCopiedAsTheyAre() throws Exception {
    var a = bundle("a", "rig", Map.of(LOG, "one\n".repeat(1_000)));
    var b = bundle("b", "us", Map.of(LOG, "two\n"));
    var result = merge(List.of(a, b));
    try (var from = BundleReader.open(a);
        var merged = BundleReader.open(result.file())) {
      var was = from.find(new EntryPath(LOG)).orElseThrow();
      var is = merged.find(new EntryPath("clusters/admin@rig/" + LOG)).orElseThrow();
      assertArrayEquals(
          from.member(was).orElseThrow().readAllBytes(),
          merged.member(is).orElseThrow().readAllBytes());
    }
  }

  @Test
  void everyFormOfABundleCanBeJoined() throws Exception {
    var indexed = bundle("a", "rig", Map.of("nodes/a/x.log", "indexed\n"));
    var packed = bundle("b", "rig", Map.of("nodes/b/x.log", "packed anew\n", "nodes/b/e.log", ""));
    var unpacked = bundle("c", "rig", Map.of("nodes/c/x.log", "unpacked\n"));
    var piped = bundle("d", "rig", Map.of("nodes/d/x.log", "piped\n"));
    var killed = bundle("e", "rig", Map.of("nodes/e/x.log", "killed\n"));
    var split = bundle("f", "rig", Map.of("nodes/f/x.log", "split\n"));
    var tar = RequiredTool.require("tar");
    for (Path file : List.of(packed, unpacked)) {
      var into = Files.createDirectory(folder.resolve(file.getFileName() + ".d"));
      tar.run(into, "xzf", file.toString());
    }
    tar.run(folder, "cf", "packed.tar", "-C", folder.resolve("b.tar.gz.d").toString(), ".");
    var bytes = Files.readAllBytes(split);
    Files.delete(split);
    Files.write(folder.resolve("f.tar.gz.001"), java.util.Arrays.copyOf(bytes, 700));
    Files.write(
        folder.resolve("f.tar.gz.002"), java.util.Arrays.copyOfRange(bytes, 700, bytes.length));
    var partial = folder.resolve("k.tar.gz.partial");
    try (var reader = BundleReader.open(killed)) {
      var entry = reader.find(new EntryPath("nodes/e/x.log")).orElseThrow();
      long end = entry.offset() + entry.compressedBytes();
      Files.write(partial, java.util.Arrays.copyOf(Files.readAllBytes(killed), (int) end));
    }
    var pipe = new ByteArrayInputStream(Files.readAllBytes(piped));
    var sources = new ArrayList<BundleSource>();
    for (String word :
        List.of(
            indexed.toString(),
            folder.resolve("packed.tar").toString(),
            folder.resolve("c.tar.gz.d/" + SampleRun.ROOT).toString(),
            "-",
            partial.toString(),
            split.toString())) {
      sources.add(BundleSource.of(word, pipe, Identities.of(List.of())));
    }
    var result = mergeSources(sources);
    assertEquals(List.of(), result.lost());
    assertEquals(7, result.files());
    try (var merged = BundleReader.open(result.file())) {
      assertEquals("packed anew\n", content(merged, "nodes/b/x.log"));
      assertEquals("killed\n", content(merged, "nodes/e/x.log"));
      assertEquals("split\n", content(merged, "nodes/f/x.log"));
    }
    assertGreen(result.file());
  }

  @Test
  void aDamagedFileIsLeftOutAndNamed() throws Exception {
    var a = bundle("a", "rig", Map.of(LOG, "one\n", "version.yaml", "v\n"));
    var bytes = Files.readAllBytes(a);
    try (var reader = BundleReader.open(a)) {
      var entry = reader.find(new EntryPath(LOG)).orElseThrow();
      bytes[(int) (entry.offset() + entry.compressedBytes() - 7)] ^= 4;
    }
    Files.write(a, bytes);
    var result = merge(List.of(a, bundle("b", "rig", Map.of("nodes/b/x.log", "well\n"))));
    assertEquals(List.of("'" + LOG + "' is damaged: its CRC is wrong"), result.lost());
    assertEquals(2, result.files());
    assertGreen(result.file());
    // Nothing is replaced by something that has less in it.
    try (var damaged = BundleReader.open(a)) {
      var merger = new BundleMerger(List.of(damaged), (_, _) -> {}, (_, _) -> {}, (_, _) -> {});
      assertThrows(DiagbundleException.class, () -> merger.rewrite(a));
    }
    assertArrayEquals(bytes, Files.readAllBytes(a));
  }

  @Test
  void aFileWhereAnotherBundleHasAFolderGetsAnotherName() throws Exception {
    var a = bundle("a", "rig", Map.of("nodes/a", "a file\n"));
    var b = bundle("b", "rig", Map.of("nodes/a/x.log", "below it\n"));
    var result = merge(List.of(a, b));
    try (var merged = BundleReader.open(result.file())) {
      assertEquals("a file\n", content(merged, "nodes/a"));
      assertEquals("below it\n", content(merged, "nodes/a~2/x.log"));
      assertEquals(1, result.renamed().size());
    }
    assertGreen(result.file());
    var other = merge(List.of(b, a));
    try (var merged = BundleReader.open(other.file())) {
      assertEquals("a file\n", content(merged, "nodes/a~2"));
      assertEquals("below it\n", content(merged, "nodes/a/x.log"));
    }
  }

  private BundleMerger.Result merge(List<Path> files) throws IOException, DiagbundleException {
    var sources = new ArrayList<BundleSource>();
    for (Path file : files) {
      sources.add(
          BundleSource.of(
              file.toString(), java.io.InputStream.nullInputStream(), Identities.of(List.of())));
    }
    return mergeSources(sources);
  }

  private BundleMerger.Result mergeSources(List<BundleSource> sources)
      throws IOException, DiagbundleException {
    var bundles = new ArrayList<Bundle>();
    try {
      for (BundleSource source : sources) {
        bundles.add(source.open(_ -> true));
      }
      return new BundleMerger(
              bundles,
              (contents, out) ->
                  out.write((contents.manifest().entries().size() + " files").getBytes(UTF_8)),
              (_, out) -> out.write("patterns".getBytes(UTF_8)),
              (contents, out) -> out.write(contents.manifestSha256().getBytes(UTF_8)))
          .write(folder.resolve("merged.tar.gz"), COMMAND, WriterOptions.unlimited());
    } finally {
      for (Bundle bundle : bundles) {
        bundle.close();
      }
    }
  }

  private void assertGreen(Path file) throws IOException, DiagbundleException {
    var source =
        BundleSource.of(
            file.toString(), java.io.InputStream.nullInputStream(), Identities.of(List.of()));
    assertEquals(java.util.Optional.empty(), BundleVerifier.verify(source).lie());
  }

  private Path bundle(String name, String cluster, Map<String, String> files)
      throws IOException, DiagbundleException {
    var target = folder.resolve(name + ".tar.gz");
    var run = SampleRun.run();
    var identity =
        new Manifest.ClusterIdentity(
            cluster, "admin@" + cluster, "https://" + cluster + ":6443", "v1.36.2", "admin");
    try (var writer = BundleWriter.create(target, SampleRun.ROOT, WriterOptions.unlimited())) {
      for (var file : files.entrySet()) {
        SampleRun.write(writer, file.getKey(), file.getValue());
      }
      writer.seal(
          new Manifest.Run(
              run.toolVersion(),
              run.profile(),
              run.command(),
              identity,
              run.window(),
              run.started(),
              run.finished(),
              run.clockSkew(),
              run.interrupted(),
              run.rootFolder()),
          SampleRun.items());
      return writer.finish().getFirst();
    }
  }

  private static String content(BundleReader bundle, String path) throws IOException {
    try (var in = bundle.open(bundle.find(new EntryPath(path)).orElseThrow())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
