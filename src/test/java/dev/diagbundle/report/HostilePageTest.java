package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.collection.ReportWriterTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HostilePageTest {
  @Test
  void hostileDataAddsNoElement() throws Exception {
    var added = new TreeSet<>(elements(new HtmlPage(HostileBundle.create().page())));
    added.removeAll(elements(new HtmlPage(SampleBundle.create().interrupted("INT").page())));

    assertEquals(new TreeSet<String>(), added);
  }

  @Test
  void hostileDataAddsNoAttribute() throws Exception {
    var added = new TreeSet<>(new HtmlPage(HostileBundle.create().page()).attributes());
    added.removeAll(new HtmlPage(SampleBundle.create().page()).attributes());

    assertEquals(new TreeSet<String>(), added);
  }

  @Test
  void pageHasNoAttributeThatRunsOrLoads() throws Exception {
    var names = new HtmlPage(SampleBundle.create().page()).attributes();

    assertTrue(
        names.stream()
            .noneMatch(name ->
                name.startsWith("on")
                    || Set.of("style", "src", "srcset", "action", "formaction").contains(name)),
        names.toString());
  }

  @Test
  void hostileTextIsShownAsText() throws Exception {
    var text = new HtmlPage(HostileBundle.create().page()).text();

    assertTrue(
        text.contains("\"><img src=x onerror=alert(1)><script>alert(document.domain)</script>"),
        text);
    assertTrue(text.contains("${7*7}<#assign x=1>"), text);
    assertTrue(text.contains("U+202Egpj.exeredU+0000\ufffdend"), text);
  }

  @Test
  void controlCharactersStandInBoxesAndNowhereAsThemselves() throws Exception {
    var page = HostileBundle.create().page();

    assertTrue(page.contains("<span class=\"cc\">U+202E</span>"));
    assertFalse(
        Pattern.compile(
                "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
            .matcher(page)
            .find());
    assertFalse(
        page.chars().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  @Test
  void hostileNamesGiveLinksThatResolve() throws Exception {
    ReportWriterTest.assertLinksResolve(HostileBundle.create());
  }

  @Test
  void hostileNamesNeverReachACommand() throws Exception {
    var commands =
        new HtmlPage(HostileBundle.create().page()).all("<span class=\"cmd\">(.*?)</td>");

    assertEquals(
        Set.of(), new TreeSet<>(commands.stream().filter(c -> c.contains("img")).toList()));
  }

  @Test
  void longLinesAreCut() throws Exception {
    var page = HostileBundle.create().page();

    assertFalse(page.contains("x".repeat(2_001)));
    assertTrue(page.length() < 400_000, "length " + page.length());
  }

  private static Set<String> elements(HtmlPage page) {
    return new TreeSet<>(
        Pattern.compile("<[a-zA-Z!/][a-zA-Z0-9]*")
            .matcher(page.markup())
            .results()
            .map(match -> match.group())
            .toList());
  }
}
