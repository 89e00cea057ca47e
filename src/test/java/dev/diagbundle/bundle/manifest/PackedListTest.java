package dev.diagbundle.bundle.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.EntryIndex;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PackedListTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-21T03:14:36.123456789Z");

  @Test
  void entriesComeBackAsTheyWere() {
    var entries =
        List.of(
            entry("nodes/a/ü.log", "ab".repeat(32), "podLogs/a/b", Map.of("password", 3L)),
            entry("b", "no checksum at all", "", Map.of()),
            new Entry(
                new EntryPath("c"),
                Long.MAX_VALUE,
                "AB".repeat(32),
                Long.MIN_VALUE,
                -1,
                0,
                Instant.MIN,
                "half a pair \ud83d and €",
                Map.of("x", -1L, "y", 1L)),
            entry("cluster-resources/pods/logs/a/b/c.log", "", "podLogs/n/a/b/c", Map.of()),
            entry("a/b/c", "", "a/b/", Map.of()),
            entry("a/b/d", "", "/", Map.of()));
    assertEquals(entries, PackedList.copyOf(entries, PackedRecords.ENTRY));
  }

  @Test
  void itemsComeBackAsTheyWere() {
    var items =
        List.of(
            item("nodeLogs/rig-1/kubelet", "nodeLogs", "rig-1", "kubelet", new Outcome.Collected()),
            item("podLogs//a/b", "podLogs", "", "a/b", new Outcome.Collected("UTF-16 \ud800")),
            item("x", "podLogs", "node", "a name that is longer", new Outcome.Cancelled("signal")),
            item("", "events", "", "", new Outcome.Failed(Reason.TIMED_OUT, "so late")),
            item("a", "kubelet", "a", "a", new Outcome.Skipped(Reason.EMPTY, "")),
            item("k/n/m", "run", "m", "n", new Outcome.Partial(Reason.LIMIT, "x".repeat(99))),
            new Item(
                "clusters/east/nodeLogs/rig-1/kubelet",
                ItemKind.NODE_LOGS,
                "rig-1",
                "kubelet",
                new Outcome.Collected(),
                5,
                Duration.ofNanos(1),
                "east"));
    assertEquals(items, PackedList.copyOf(items, PackedRecords.ITEM));
  }

  @Test
  void listsThatWereHandedOutStayAsTheyAreWhileMoreIsAdded() {
    var builder = new PackedList.Builder<Item>(PackedRecords.ITEM);
    var expected = new ArrayList<Item>();
    var lists = new ArrayList<List<Item>>();
    for (int i = 0; i < 3_000; i++) {
      // Some are larger than a chunk.
      var detail = "z".repeat(i % 500 == 0 ? 150_000 : i % 90);
      var item = item("podLogs/n/" + i, "podLogs", "n", "" + i, new Outcome.Collected(detail));
      builder.add(item);
      expected.add(item);
      if (i % 700 == 1) {
        lists.add(builder.list());
      }
    }
    lists.add(builder.list());
    for (List<Item> list : lists) {
      assertEquals(expected.subList(0, list.size()), list);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> lists.getFirst().get(2));
  }

  @Test
  void packedListIsNotPackedAgain() {
    var list = PackedList.copyOf(List.of(entry("a", "", "", Map.of())), PackedRecords.ENTRY);
    assertSame(list, PackedList.copyOf(list, PackedRecords.ENTRY));
  }

  @Test
  void entriesAreFoundByTheirPaths() {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 5_000; i++) {
      entries.add(entry("pods/" + i + ".log", "", "", Map.of()));
    }
    var index = new EntryIndex(PackedList.copyOf(entries, PackedRecords.ENTRY));
    for (int i = 0; i < entries.size(); i++) {
      assertTrue(index.add(entries.get(i).path(), i));
    }
    for (Entry entry : entries) {
      assertEquals(entry, index.find(entry.path()).orElseThrow());
    }
    assertTrue(index.find(new EntryPath("pods/5000.log")).isEmpty());
    assertFalse(index.add(entries.get(77).path(), 78));
  }

  private static Entry entry(String path, String sha256, String item, Map<String, Long> redacted) {
    return new Entry(new EntryPath(path), 7, sha256, 300, 20, 1, MODIFIED, item, redacted);
  }

  private static Item item(String id, String kind, String node, String name, Outcome outcome) {
    return new Item(id, ItemKind.ofLabel(kind), node, name, outcome, 5, Duration.ofMillis(1_234));
  }
}
