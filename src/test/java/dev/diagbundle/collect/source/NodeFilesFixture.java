package dev.diagbundle.collect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.FileTransfer;
import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.ObjectFilter;
import dev.diagbundle.collect.inventory.RunWindow;
import dev.diagbundle.collect.task.Entries;
import dev.diagbundle.collect.task.ItemRegistry;
import dev.diagbundle.collect.task.NodeLimits;
import dev.diagbundle.collect.task.TaskExecutor;
import dev.diagbundle.collect.task.TaskPlanner;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// One Linux node with a log folder, and runs of the source of node files against it.
public final class NodeFilesFixture {
  static final Instant PRESENT = Instant.parse("2026-01-01T10:00:00Z");

  private final Path cluster;
  private final Path bundle;
  private ReplayOptions options = ReplayOptions.defaults();
  private NodeFilesSource.Options sourceOptions =
      new NodeFilesSource.Options(
          Duration.ofSeconds(2), new FileTransfer.Options(1 << 20, Duration.ofSeconds(2)), 5_000);

  /// What a run came to.
  ///
  /// @param outcomes by the names of the items
  /// @param entries the contents, by their paths below the folder of the node's files
  public record Result(Map<String, Outcome> outcomes, Map<String, String> entries) {
    public Outcome outcome(String item) {
      var outcome = outcomes.get(item);
      if (outcome == null) {
        throw new AssertionError("no item " + item + " in " + outcomes.keySet());
      }
      return outcome;
    }
  }

  public NodeFilesFixture(Path folder) throws IOException {
    cluster = folder.resolve("cluster");
    bundle = folder.resolve("bundle.tar.gz");
    file("cluster.json", "{\"time\":\"%s\"}".formatted(PRESENT));
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    file("objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}");
  }

  public NodeFilesFixture node(String json) throws IOException {
    return file("nodes/n/node.json", json);
  }

  public NodeFilesFixture log(String name, String text) throws IOException {
    return file("nodes/n/files/" + name, text);
  }

  public NodeFilesFixture with(ReplayOptions replay) {
    options = replay;
    return this;
  }

  public NodeFilesFixture maxFiles(int count) {
    sourceOptions =
        new NodeFilesSource.Options(sourceOptions.lookIdle(), sourceOptions.pace(), count);
    return this;
  }

  Path bundle() {
    return bundle;
  }

  public static ItemSpec.NodeFiles include(String... globs) {
    return spec(List.of(globs), List.of(), OptionalLong.empty(), OptionalLong.empty());
  }

  public static ItemSpec.NodeFiles spec(
      List<String> include, List<String> exclude, OptionalLong tail, OptionalLong limit) {
    return new ItemSpec.NodeFiles(
        new ItemSpec.Common(Optional.empty(), Optional.empty(), Optional.empty(), limit),
        include.stream().map(Glob::new).toList(),
        exclude.stream().map(Glob::new).toList(),
        tail);
  }

  /// Collects with a window of one hour.
  public Result collect(ItemSpec.NodeFiles spec) throws Exception {
    var registry = new ItemRegistry(_ -> {}, Redaction.none());
    var window = TimeWindow.endingAt(PRESENT, Duration.ofHours(1));
    var profile =
        new Profile(
            "test", "", Duration.ofHours(1), NodeSelection.ALL, List.of(spec), Limits.DEFAULTS);
    var inventory = new Inventory(List.of(), List.of(), Optional.empty());
    inventory.addNode(new ObjectMapper().readTree("{\"metadata\":{\"name\":\"n\"}}"));
    try (var server = DemoClusterFixture.start(cluster, options);
        var api =
            OkHttpCluster.open(
                ClusterConnection.anonymous("test", server.url().toString()),
                Clock.systemUTC(),
                "test",
                _ -> {},
                ClientOptions.USUAL);
        var writer = BundleWriter.create(bundle, "root", WriterOptions.limitedTo(100L << 20))) {
      var executor =
          new TaskExecutor(
              () -> 4,
              node -> new NodeLimits(2, Duration.ZERO),
              registry,
              _ -> {},
              Ticker.SYSTEM,
              (task, impatient) ->
                  new TaskScope(
                      api,
                      new Entries(writer, Redaction.none()),
                      task.kind(),
                      new RequestOrigin(task.id(), task.node(), 0)));
      var run = new RunWindow(window, true, true, Clock.fixed(PRESENT, ZoneOffset.UTC));
      var lists = new Lists(executor, inventory, run, List.of(), new ObjectFilter(List.of(spec)));
      new NodeFilesSource(sourceOptions)
          .plan(
              spec,
              new Planner(
                  profile,
                  NodeSelection.ALL,
                  run,
                  inventory,
                  lists,
                  new TaskPlanner(executor, registry)));
      assertEquals(Optional.empty(), executor.run());
      writer.seal(run(window), registry.close("open").toList());
      writer.finish();
    }
    return read();
  }

  private Result read() throws Exception {
    var outcomes = new TreeMap<String, Outcome>();
    var entries = new TreeMap<String, String>();
    try (var reader = BundleReader.open(bundle)) {
      for (Item item : reader.manifest().items()) {
        outcomes.put(item.name(), item.outcome());
      }
      for (var entry : reader.manifest().entries()) {
        try (var in = reader.open(entry)) {
          entries.put(
              entry.path().value().replaceFirst("^nodes/n/files/", ""),
              new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return new Result(Collections.unmodifiableMap(outcomes), Collections.unmodifiableMap(entries));
  }

  private static Manifest.Run run(TimeWindow window) {
    return new Manifest.Run(
        "test",
        "test",
        List.of(),
        new Manifest.ClusterIdentity("test", "test", "http://test", "", ""),
        window,
        PRESENT,
        PRESENT,
        Duration.ZERO,
        Optional.empty(),
        "root");
  }

  private NodeFilesFixture file(String path, String text) throws IOException {
    var file = cluster.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }
}
