package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page in a real browser: how it is laid out, and that it needs and does nothing. Screenshots
/// are left in `target/report-screenshots`.
@Tag("browser")
@NullUnmarked
final class ReportBrowserTest {
  private static final List<Integer> WIDTHS =
      List.of(320, 380, 720, 768, 861, 1000, 1181, 1200, 1280, 1440, 1600, 2200);

  /// A typeface of the system that is narrow, and one that is wide.
  private static final List<String> FONTS = List.of("DejaVu Sans Condensed", "DejaVu Sans Mono");

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
  @CsvSource({"1440,light", "1440,dark", "768,light", "380,light", "380,dark"})
  void picturesForTheEye(int width, String scheme) throws IOException {
    browser.show(sample, width, scheme);
    browser.screenshot("sample-" + width + "-" + scheme);

    assertEquals(List.of(), browser.cutOff());
  }

  @Test
  void nothingIsWiderThanThePageOrCutOff() {
    for (var page : List.of(sample, hostile)) {
      browser.show(page, 1440, "light");
      for (var font : FONTS) {
        browser.script("document.body.style.fontFamily = arguments[0]", font);
        for (int width : WIDTHS) {
          browser.resize(width);
          for (boolean open : List.of(false, true)) {
            browser.openAll(open);
            var where = page.getFileName() + " " + font + " " + width + (open ? " open" : "");
            assertEquals(List.of(), browser.cutOff(), where);
          }
        }
      }
    }
  }

  @Test
  void firstScreenHoldsVerdictAndFacts() {
    browser.show(sample, 1440, "light");

    var bottom =
        (Number)
            browser.script(
                "return document.querySelector('.facts').getBoundingClientRect().bottom");
    assertTrue(bottom.doubleValue() <= 900, "facts end at " + bottom);
  }

  @Test
  void browserHasNothingToSayAndNothingToFetch() {
    for (var page : List.of(sample, hostile)) {
      browser.messages();
      browser.requests();
      browser.show(page, 1440, "light");

      assertEquals(List.of(), browser.messages());
      assertEquals(List.of(page.toUri().toString()), browser.requests());
    }
  }

  @Test
  void hostileDataBecomesNoElement() {
    browser.show(hostile, 1440, "light");

    assertEquals(
        0L,
        browser.script(
            "return document.querySelectorAll("
                + "'img, main script, header script, title ~ title').length"));
    assertEquals(
        true,
        browser.script(
            "return document.body.textContent.includes('<script>alert(document.domain)</script>')"));
    assertEquals(
        false,
        browser.script(
            "return /[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)"));
  }

  @Test
  void evidenceInATextFileOpensWhereItStands() throws Exception {
    var describe = sample.resolveSibling("nodes/rig-3/describe.txt");
    var whole = Files.readString(describe);
    try {
      Files.writeString(describe, "line\n".repeat(500) + "Kubelet stopped posting node status.\n");
      browser.show(sample, 1440, "light");
      browser.script("document.querySelector('#F1 a[href*=\"describe.txt#\"]').focus()");
      browser.pressEnter();
      browser.await("return window.scrollY > 0");
    } finally {
      Files.writeString(describe, whole);
    }
  }
}
