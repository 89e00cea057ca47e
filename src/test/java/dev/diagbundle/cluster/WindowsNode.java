package dev.diagbundle.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diagbundle.cluster.nodelog.EventLog;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.testing.VirtualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A Windows node `win` of a test's making, served over HTTP, with events of the provider `nssm`.
public final class WindowsNode {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final LogQueryTimeout SHORT =
      new LogQueryTimeout(Duration.ofMillis(300), Duration.ofMillis(250));
  public static final RequestOrigin CALLER = new RequestOrigin("item", "win", 0);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Object> node = new LinkedHashMap<>();
  private Optional<ZoneOffset> known = Optional.of(ZoneOffset.UTC);
  private CodePage codePage = CodePage.USUAL;
  private LogQueryTimeout limit = SHORT;

  /// The clock of the node and of who asks it.
  final VirtualTicker ticker = new VirtualTicker();

  /// The pauses that were made, which take no time.
  public final List<Duration> pauses = ticker.sleeps;

  /// The queries that were sent, decoded.
  public final List<String> queries = new ArrayList<>();

  private record Event(String time, String provider, int id, String level, String message) {}

  /// What a copy came to.
  ///
  /// @param outcome empty if the log is a file
  public record Copied(Optional<Outcome> outcome, String text) {
    /// The messages in their order; each must be one word.
    public List<String> messages() {
      return text.lines()
          .filter(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .toList();
    }
  }

  public WindowsNode(Path folder) {
    this.folder = folder;
    node.put("os", "windows");
    node.put("query", "upstream");
    node.put("zone", "UTC");
  }

  public WindowsNode zone(String zone) {
    node.put("zone", zone);
    known = Optional.of(ZoneOffset.of(zone.equals("UTC") ? "Z" : zone));
    return this;
  }

  public WindowsNode unknownZone() {
    known = Optional.empty();
    return this;
  }

  /// What the reader takes for the page, and what the node writes in.
  public WindowsNode codePage(int assumed, String real) {
    codePage = new CodePage(assumed);
    node.put("codePage", real);
    return this;
  }

  public WindowsNode powerShell(Map<String, Object> settings) {
    node.put("powerShell", settings);
    return this;
  }

  public WindowsNode limit(LogQueryTimeout reader) {
    limit = reader;
    return this;
  }

  public WindowsNode event(String time, String message) {
    return event(time, 1040, "Information", message);
  }

  public WindowsNode event(String time, int id, String level, String message) {
    events.add(new Event(time, "nssm", id, level, message));
    return this;
  }

  public WindowsNode file(String path, String text, String modified) throws IOException {
    write("nodes/win/files/" + path, text);
    node.computeIfAbsent("modified", _ -> new LinkedHashMap<String, String>());
    @SuppressWarnings("unchecked")
    var times = (Map<String, String>) node.get("modified");
    times.put(path, modified);
    return this;
  }

  /// The node as it was served last. The caller closes it.
  ClusterData data() throws IOException {
    return ClusterData.of(folder);
  }

  /// Serves the node.
  public DemoClusterFixture start() throws IOException {
    write("cluster.json", "{\"time\":\"" + NOW + "\"}");
    write(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    write("objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"win\"}}]}");
    write("nodes/win/node.json", JSON.writeValueAsString(node));
    var lines = new StringBuilder();
    for (Event event : events) {
      lines.append(JSON.writeValueAsString(event)).append('\n');
    }
    write("nodes/win/application-log/nssm.jsonl", lines.toString());
    return DemoClusterFixture.start(folder, ReplayOptions.defaults().withTicker(ticker.unnoted()));
  }

  public Copied copy(String from, String to) throws Exception {
    return copy("nssm", from, to, log -> log);
  }

  /// Serves the node and copies its log.
  public Copied copy(String provider, String from, String to, UnaryOperator<EventLog> change)
      throws Exception {
    try (var served = start()) {
      return copy(served.url().toString(), provider, from, to, change);
    }
  }

  Copied copy(
      String server, String provider, String from, String to, UnaryOperator<EventLog> change)
      throws Exception {
    var window = new TimeWindow(Instant.parse(from), Instant.parse(to));
    var log = new EventLog("win", provider, window, NOW, known, codePage, limit, CALLER);
    var out = new ByteArrayOutputStream();
    try (var cluster = cluster(server)) {
      var outcome = change.apply(log).copyTo(cluster, out);
      return new Copied(outcome, out.toString(StandardCharsets.UTF_8));
    }
  }

  public Cluster cluster(String server) throws Exception {
    return OkHttpCluster.open(
        ClusterConnection.anonymous("win", server),
        Clock.systemUTC(),
        "test",
        request -> queries.add(request.path().replace("%3A", ":").replaceFirst(".*\\?", "")),
        ClientOptions.USUAL.withTicker(ticker));
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
