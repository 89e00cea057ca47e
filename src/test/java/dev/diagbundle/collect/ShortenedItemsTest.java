package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShortenedItemsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir private Path folder = Path.of("");

  @Test
  void itemsThatFitKeepTheirDetails() throws Exception {
    var items = items(10, 16, 32);
    assertEquals(items, sealed(items));
  }

  @Test
  void detailsThatDoNotFitAreLeftOut() throws Exception {
    var items = sealed(items(1_000, 16, 600));
    assertEquals(1_000, items.size());
    assertEquals(new Outcome.Failed(Reason.UNREACHABLE, ""), items.getFirst().outcome());
  }

  @Test
  void itemsThatDoNotFitAreSummed() throws Exception {
    var expected =
        new Item(
            "kubelet/(2000 items)/failed/unreachable",
            ItemKind.KUBELET,
            "",
            "(2000 items)",
            new Outcome.Failed(Reason.UNREACHABLE, "not all are listed for lack of space"),
            2_000,
            Duration.ZERO);
    assertEquals(List.of(expected), sealed(items(2_000, 400, 10)));
  }

  private List<Item> sealed(List<Item> items) throws Exception {
    var options = WriterOptions.limitedTo(WriterOptions.MIN_MAX_BYTES);
    try (var bundle = BundleWriter.create(folder.resolve("x.tar.gz"), "root", options)) {
      return ShortenedItems.seal(bundle, run(), items).manifest().items();
    }
  }

  private static List<Item> items(int count, int idLength, int detailLength) throws IOException {
    var random = new Random(1);
    var items = new ArrayList<Item>();
    for (int i = 0; i < count; i++) {
      var outcome = new Outcome.Failed(Reason.UNREACHABLE, noise(random, detailLength));
      var id = i + noise(random, idLength);
      items.add(new Item(id, ItemKind.KUBELET, "n" + i, "configz", outcome, 1, Duration.ZERO));
    }
    return items;
  }

  /// Letters that hardly compress.
  private static String noise(Random random, int length) {
    return random
        .ints(length, 'A', 'z')
        .map(letter -> letter == '\\' ? '-' : letter)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Manifest.Run run() {
    return new Manifest.Run(
        "test",
        "budget",
        List.of("diagbundle"),
        new Manifest.ClusterIdentity("c", "", "http://127.0.0.1", "v1", ""),
        TimeWindow.endingAt(NOW, Duration.ofHours(1)),
        NOW,
        NOW,
        Duration.ZERO,
        Optional.empty(),
        "root");
  }
}
