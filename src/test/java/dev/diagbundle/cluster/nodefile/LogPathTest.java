package dev.diagbundle.cluster.nodefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogPathTest {
  @Test
  void folderAndNameAreTold() {
    var path = LogPath.of("pods/a b/0.log");
    assertEquals("pods/a%20b/0.log", path.encoded());
    assertEquals("0.log", path.name());
    assertEquals(3, path.depth());
    assertEquals(LogPath.of("pods/a b").asFolder(), path.parent());
    assertEquals("a b", path.parent().name());
    assertEquals(LogPath.ROOT, path.parent().parent().parent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "a//b", "/a", "a/./b", "a b", "a?query=x", "a:b", "/"})
  void pathThatWouldLeadElsewhereIsNone(String encoded) {
    assertThrows(IllegalArgumentException.class, () -> new LogPath(encoded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/..", "a//b"})
  void textThatWouldLeadElsewhereIsNoPath(String text) {
    assertThrows(IllegalArgumentException.class, () -> LogPath.of(text));
  }
}
