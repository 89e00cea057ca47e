package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormsTest {
  @ParameterizedTest
  @CsvSource({"20MiB, 20971520", "25MB, 25000000", "1GiB, 1073741824", "512, 512", "3 kb, 3000"})
  void sizeIsRead(String text, long bytes) {
    assertEquals(Optional.of(bytes), ByteSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5MB", "20 MiBs", "999999999999999999GB"})
  void whatIsNoSizeIsEmpty(String text) {
    assertEquals(Optional.empty(), ByteSize.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "999499, 999 kB",
    "999999, 1.0 MB",
    "12345678, 12 MB"
  })
  void sizeIsShown(long bytes, String text) {
    assertEquals(text, ByteSize.format(bytes).replace('\u00a0', ' '));
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "2h30m, 9000", "7d, 604800", "1d1h1m1s, 90061"})
  void durationIsRead(String text, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "six hours", "1m1h", "1.5h", "-1h", "h"})
  void whatIsNoDurationIsEmpty(String text) {
    assertEquals(Optional.empty(), DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"45s", "1m30s", "6h", "2d3h"})
  void durationIsShownAsItIsRead(String text) {
    assertEquals(text, DurationText.format(DurationText.parse(text).orElseThrow()));
  }

  @Test
  void terminalEscapesDoNotGetThrough() {
    assertEquals("red plain", Printable.line("\u001b[31mred\u001b[0m plain"));
    assertEquals("titled", Printable.line("\u001b]0;evil\u0007titled"));
    assertEquals("aU+202Eb U+0007", Printable.line("a\u202eb\t\u0007"));
    assertEquals("\ufffd", Printable.line("\ud800"));
    assertEquals("naïve 日本 😀", Printable.line("naïve 日本 😀"));
  }

  @Test
  void longLineIsCutOnACharacter() {
    assertEquals("😀😀…", Printable.line("😀😀😀😀", 3));
    assertEquals("abc", Printable.line("abc", 3));
    assertEquals(100, Printable.line("x".repeat(1_000_000), 100).length());
  }

  @ParameterizedTest
  @CsvSource({
    "'os=windows', true",
    "'os==windows', true",
    "'os!=windows', false",
    "'os in (linux, windows)', true",
    "'os notin (linux)', true",
    "'gpu', false",
    "'!gpu', true",
    "'os=windows,zone=a', true",
    "'os=windows,zone in (b,c)', false",
    "'cores>3,cores<5', true",
    "'cores>4', false",
    "'os>4', false",
    "'', true"
  })
  void selectorMatchesLabels(String selector, boolean expected) {
    var labels = Map.of("os", "windows", "zone", "a", "cores", "4");
    assertEquals(expected, LabelSelector.parse(selector).orElseThrow().matches(labels));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b,", "a=b=c", "a in b", "-a", "a = b c", "a>b", "!a=b"})
  void whatIsNoSelectorIsEmpty(String text) {
    assertEquals(Optional.empty(), LabelSelector.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"forbidden", "not-found", "timed-out", "limit", "throttled", "interrupted"})
  void reasonIsSpelledAsItIsRead(String label) {
    assertEquals(label, Reason.ofLabel(label).label());
  }
}
