package dev.diagbundle.report.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.Browser;
import dev.diagbundle.report.HostileBundle;
import dev.diagbundle.report.Page;
import dev.diagbundle.report.SampleFindings;
import dev.diagbundle.report.SamplePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page in a real browser, as people use it: by keyboard, with filters, with a screen reader,
/// without scripts, on paper.
@Tag("browser")
@NullUnmarked
final class ReportUseTest {
  @TempDir private static Path folder;
  private static Browser browser;
  private static Path sample;
  private static Path hostile;

  @BeforeAll
  static void start() throws IOException {
    sample = SamplePatterns.create().unpack(Files.createDirectories(folder.resolve("sample")));
    hostile = Files.writeString(folder.resolve("hostile.html"), HostileBundle.create().page());
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1440,light", "1440,dark", "380,light", "380,dark"})
  void axeFindsNothing(int width, String scheme) throws IOException {
    for (var page : List.of(sample, hostile)) {
      browser.show(page, width, scheme);
      browser.openAll(true);
      assertEquals(List.of(), browser.axe(), page.getFileName().toString());
    }
  }

  @Test
  void whatIsClickedIsLargeEnough() {
    browser.show(sample, 380, "light");
    browser.openAll(true);

    // WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links in running text.
    assertEquals(
        List.of(),
        browser.script(
            "return [...document.querySelectorAll("
                + "'summary, button, input, select, .rail a, .mx td a')]"
                + ".filter(e => e.offsetHeight && e.getBoundingClientRect().height < 23.5)"
                + ".map(e => e.className + ' ' + e.tagName).slice(0, 5)"));
  }

  @Test
  void keysReachTheContentAndOpenFindings() {
    browser.show(sample, 1440, "light");
    browser.pressTab();
    assertEquals("skip", browser.script("return document.activeElement.className"));

    browser.script("document.querySelector('#F2 > summary').focus()");
    browser.pressEnter();
    assertTrue(isOpen("F2"));
    browser.pressEnter();
    assertFalse(isOpen("F2"));
  }

  @Test
  void addressOfAFindingOrAFolderOpensIt() throws Exception {
    browser.show(sample, 1440, "light");
    browser.script("location.hash = '#F3'");
    browser.await("return document.getElementById('F3').open");

    for (var id : List.of("F2", "D2")) {
      browser.open(sample, "#" + id);
      assertTrue(isOpen(id), id);
    }
  }

  @Test
  void eventFilterKeepsRowsWithAllWords() {
    browser.show(sample, 1440, "light");
    var all = rows("evtab");
    filter("evtab", "q", "shop failed");
    long hits = rows("evtab");
    assertTrue(hits > 0 && hits < all, hits + " of " + all);
    assertEquals(
        hits + " of " + all + " rows",
        browser.script("return document.querySelector('form[data-for=evtab] output').textContent"));

    filter("evtab", "type", "Normal");
    assertTrue(rows("evtab") < hits);
    filter("evtab", "type", "");
    filter("evtab", "q", "");
    assertEquals(all, rows("evtab"));
  }

  @Test
  void fileFilterOpensFoldersWithHits() {
    browser.show(sample, 1440, "light");
    filter("filetab", "q", "rig-1 kubelet.log");
    assertEquals(1L, rows("filetab"));

    filter("filetab", "q", "");
    assertEquals(0L, browser.script("return document.querySelectorAll('.dir[open]').length"));
  }

  @Test
  void withoutScriptsEverythingIsShown() {
    browser.withoutScripts(() -> {
      browser.open(sample, "");
      assertEquals(
          "0 true 1",
          browser.evaluate(
              "[...document.querySelectorAll('form, button')].filter(e => e.offsetHeight).length"
                  + " + ' ' + [...document.querySelectorAll('#evtab tbody tr')]"
                  + ".every(e => e.offsetHeight > 0)"
                  + " + ' ' + [...document.querySelectorAll('.no-js')]"
                  + ".filter(e => e.offsetHeight).length"));
      browser.open(sample, "#F3");
      assertEquals(
          true,
          browser.evaluate(
              "document.querySelector('#F3 .fb').getBoundingClientRect().height > 50"));
    });
  }

  @Test
  void paperHasEverythingWithAndWithoutScripts() throws Exception {
    browser.show(sample, 1440, "light");
    var withScripts = browser.print();
    var without = new byte[1][];
    browser.withoutScripts(() -> {
      browser.open(sample, "");
      without[0] = browser.print();
    });
    try (var one = Loader.loadPDF(withScripts);
        var other = Loader.loadPDF(without[0])) {
      assertEquals(one.getNumberOfPages(), other.getNumberOfPages());
      var text = words(new PDFTextStripper().getText(one));
      var page = Page.of(SampleFindings.create());
      for (var row : page.findings().rows()) {
        assertTrue(text.contains(words(row.title())), row.title());
      }
      for (var group : page.completeness().groups()) {
        for (var row : group.shown()) {
          assertTrue(text.contains(words(row.title())), row.title());
        }
      }
      assertEquals(text, words(new PDFTextStripper().getText(other)));
    }
  }

  /// Without what line ends and typesetting change.
  private static String words(String text) {
    return text.replaceAll("[\\s\u00a0\u00ad\u200b]+", "");
  }

  private static boolean isOpen(String id) {
    return (Boolean) browser.script("return document.getElementById(arguments[0]).open", id);
  }

  private static long rows(String table) {
    return (Long)
        browser.script(
            "return [...document.querySelectorAll('#' + arguments[0] + ' tbody tr')]"
                + ".filter(r => r.offsetHeight).length",
            table);
  }

  private static void filter(String table, String field, String value) {
    browser.script(
        "const f = document.querySelector('form[data-for=' + arguments[0] + ']');"
            + "f[arguments[1]].value = arguments[2];"
            + "f[arguments[1]].dispatchEvent(new Event('input', {bubbles: true}));",
        table,
        field,
        value);
    // The page waits 80 ms for the next key before it filters.
    browser.awaitTimers();
  }
}
