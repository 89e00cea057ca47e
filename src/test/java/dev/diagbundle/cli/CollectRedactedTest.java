package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs against the demonstration cluster, in which secrets are planted.
final class CollectRedactedTest {
  private static final List<String> PLANTED =
      List.of("hunter2-planted", "s3ss10n-planted", "header-planted", "eyJhbGciOiJIUzI1NiJ9.");

  @TempDir Path folder;

  @Test
  void noPlantedSecretIsInAnyByteOfTheBundle() throws Exception {
    var file = folder.resolve("b.tar.gz");
    var run = Run.of("collect", "--demo", "-p", "support", "-o", file.toString());
    assertTrue(Files.exists(file), run.err());
    var secrets = new ArrayList<>(PLANTED);
    secrets.addAll(CollectFixture.secretValues());
    try (var all = new java.util.zip.GZIPInputStream(Files.newInputStream(file))) {
      var text = new String(all.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (String secret : secrets) {
        int at = text.indexOf(secret);
        assertFalse(
            at >= 0,
            () ->
                secret
                    + ": "
                    + text.substring(Math.max(0, at - 200), at)
                    + " in "
                    + entryAt(text, at));
      }
      assertTrue(text.contains("[redacted:jwt]") || text.contains("[redacted:token]"));
    }
    var counts = new TreeMap<String, Long>();
    try (var bundle = BundleReader.open(file)) {
      for (var entry : bundle.manifest().entries()) {
        entry.redactions().forEach((rule, count) -> counts.merge(rule, count, Long::sum));
      }
    }
    assertTrue(counts.containsKey("password"), counts.toString());
    assertTrue(counts.containsKey("url-password"), counts.toString());
    assertTrue(counts.containsKey("token") || counts.containsKey("jwt"), counts.toString());
    assertEquals(0, counts.values().stream().filter(count -> count < 1).count());
  }

  private static String entryAt(String tar, int at) {
    int header = tar.lastIndexOf("ustar", at);
    return tar.substring(Math.max(0, header - 257), header).strip();
  }
}
