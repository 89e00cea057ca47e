package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryPathTest {
  private static final EntryPath NODES = EntryPath.of("nodes");

  @ParameterizedTest
  @CsvSource({
    "rig-1, nodes/rig-1",
    "../x, nodes/..%2Fx",
    ".., nodes/.%2E",
    "., nodes/%2E",
    "a:b, nodes/a%3Ab",
    "sp ace&<.log, nodes/sp ace&%3C.log",
    "100%, nodes/100%25",
    "a\\b, nodes/a%5Cb",
    "x., nodes/x%2E",
    "größe, nodes/größe"
  })
  void unsafeCharactersOfANameAreEncoded(String name, String expected) {
    assertEquals(expected, NODES.child(name).value());
  }

  @Test
  void emptyNameIsStillASegment() {
    assertEquals("nodes/%", NODES.child("").value());
  }

  @Test
  void controlAndDirectionCharactersAreEncoded() {
    assertEquals("nodes/a%0Ab%1B%E2%80%AE", NODES.child("a\nb\u001b\u202e").value());
    assertEquals("nodes/%uD800x", NODES.child("\ud800x").value());
  }

  @Test
  void differentNamesStayDifferent() {
    assertNotEquals(NODES.child("a/b"), NODES.child("a%2Fb"));
  }

  @Test
  void longNameIsCutAndKeepsItsIdentity() {
    var one = NODES.child("x".repeat(255) + "1");
    var other = NODES.child("x".repeat(255) + "2");
    assertTrue(one.fileName().getBytes(StandardCharsets.UTF_8).length <= 240);
    assertNotEquals(one, other);
  }

  @Test
  void namesBelowAreSafeEachForItself() {
    assertEquals("nodes/a/..%2F/b", NODES.descend("a").child("../").child("b").value());
    assertEquals("nodes/kubelet/.%2E/x", NODES.descend("kubelet/../x").value());
    assertEquals("nodes/a/b", NODES.descend("//a//b/").value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/..", "a/.", "a\\b", "a:b", "a\nb"})
  void unsafePathIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> new EntryPath(path));
  }
}
