package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.Interner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// The texts that one version of kubectl printed and the objects it printed them from; see
/// `src/test/resources/describe/README.md`.
record Recording(String version) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant REPETITION = Instant.parse("2026-11-21T04:45:41Z");

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An event that happened once more after the objects were recorded: as the texts show it that
  /// were printed later.
  static DescribedEvent repeated(DescribedEvent event) {
    return new DescribedEvent(
        event.namespace(),
        event.subject(),
        event.type(),
        event.reason(),
        event.source(),
        event.message(),
        event.eventTime(),
        event.first(),
        REPETITION,
        event.count() + 1,
        event.series());
  }

  String text(String file) {
    var path = "/describe/kubectl-" + version + "/" + file;
    try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream(path), path)) {
      var bytes = (file.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> objects(String file) {
    return text(file).lines().map(Recording::json).toList();
  }

  List<DescribedPod> pods() {
    var pool = new Interner();
    return objects("pods.jsonl").stream().map(pod -> DescribedPod.of(pod, pool)).toList();
  }

  List<DescribedEvent> events() {
    var pool = new Interner();
    return objects("events.jsonl.gz").stream()
        .map(event -> DescribedEvent.of(event, pool))
        .toList();
  }

  JsonNode named(String file, String name) {
    return objects(file).stream()
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  NodeDescription node(String name) {
    return new NodeDescription(
        named("nodes.jsonl", name),
        Optional.of(pods().stream().filter(pod -> pod.node().equals(name)).toList()),
        new LeaseResponse.Found(named("leases.jsonl", name)),
        events(),
        List.of());
  }
}
