package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.model.Interner;

/// The events of a cluster, packed in memory until the described objects are known: only then can
/// the events of these few objects be found. Its memory is bounded, and events that it has no room
/// for are counted. Safe for use by many threads.
public final class PackedEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK = 256 * 1024;

  /// The fields of an event that a description shows.
  private static final List<String> SHOWN =
      List.of(
          "type",
          "reason",
          "source",
          "reportingComponent",
          "message",
          "eventTime",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "series",
          "involvedObject");

  private final int maxBytes;
  private final List<byte[]> blocks = new ArrayList<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private int packed;
  private long dropped;

  PackedEvents(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// The key of the object that an event is about.
  public static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  synchronized void add(JsonNode event) {
    if (packed >= maxBytes) {
      dropped++;
      return;
    }
    var about = event.path("involvedObject");
    var key = key(about.path("namespace").asText(""), about.path("name").asText(""));
    var kept = JSON.createObjectNode();
    for (String field : SHOWN) {
      if (event.hasNonNull(field)) {
        kept.set(field, event.path(field));
      }
    }
    kept.set("metadata", namespace(event));
    try {
      // A name from a hostile cluster may contain anything; JSON keeps it on its line.
      open.write(JSON.writeValueAsBytes(key));
      open.write('\t');
      open.write(JSON.writeValueAsBytes(kept));
      open.write('\n');
      if (open.size() >= BLOCK) {
        pack();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
  }

  private static ObjectNode namespace(JsonNode event) {
    return JSON.createObjectNode()
        .put("namespace", event.path("metadata").path("namespace").asText(""));
  }

  private void pack() throws IOException {
    var block = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(block)) {
      open.writeTo(out);
    }
    open.reset();
    blocks.add(block.toByteArray());
    packed += block.size();
  }

  /// The number of events that it had no room for.
  synchronized long dropped() {
    return dropped;
  }

  /// The events about the objects of these keys, by their keys, in the order of arrival.
  synchronized Map<String, List<DescribedEvent>> about(Set<String> keys) {
    var events = new HashMap<String, List<DescribedEvent>>();
    var pool = new Interner();
    try {
      if (open.size() > 0) {
        pack();
      }
      for (byte[] block : blocks) {
        read(block, keys, events, pool);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("unpacking from memory", e);
    }
    return events;
  }

  private static void read(
      byte[] block, Set<String> keys, Map<String, List<DescribedEvent>> events, Interner pool)
      throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new InflaterInputStream(new ByteArrayInputStream(block)),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int end = line.indexOf('\t');
        var key = JSON.readValue(line.substring(0, end), String.class);
        if (keys.contains(key)) {
          events
              .computeIfAbsent(key, _ -> new ArrayList<>(2))
              .add(DescribedEvent.of(JSON.readTree(line.substring(end + 1)), pool));
        }
      }
    }
  }
}
