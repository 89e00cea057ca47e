package dev.diagbundle.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.EntryPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HrefTest {
  @Test
  void segmentsArePercentEncoded() {
    assertEquals(
        "./nodes/a%20b/%25%3Cx%3E%23%C3%A4.log",
        new Href("./nodes/a%20b/%25%3Cx%3E%23%C3%A4.log").value());
    assertEquals(
        "./nodes/a%20b/%25c3%23%C3%A4.log",
        Href.entry(new EntryPath("nodes/a b/%c3#ä.log")).value());
  }

  @Test
  void wordsAreSearchedOnlyWhereBrowsersDo() {
    var words = "not-ready, 5 %\u202e";
    assertEquals(
        "./describe.txt#:~:text=not%2Dready%2C%205%20%25%E2%80%AE",
        Href.entry(new EntryPath("describe.txt"), words).value());
    assertEquals("./kubelet.log", Href.entry(new EntryPath("kubelet.log"), words).value());
    assertEquals("./a.txt", Href.entry(new EntryPath("a.txt"), " ").value());
  }

  @Test
  void onlyTheDocumentationOfKubernetesIsLinked() {
    var address = "https://kubernetes.io/docs/concepts/architecture/nodes/#condition";
    assertEquals(address, Href.docs(address).orElseThrow().value());
    for (String other :
        List.of(
            "https://kubernetes.io.evil/docs/",
            "https://kubernetes.io/docs/?x=1",
            "https://kubernetes.io/blog/",
            "http://kubernetes.io/docs/",
            "./nodes",
            "javascript:alert(1)")) {
      assertEquals(Optional.empty(), Href.docs(other), other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "",
        "javascript:alert(1)",
        "//x",
        "./a b",
        "./a\"b",
        "./a#:~:text=a-b",
        "./a#x",
        "https://x",
        "/a"
      })
  void otherTargetsCannotBeMade(String target) {
    assertThrows(IllegalArgumentException.class, () -> new Href(target));
  }
}
