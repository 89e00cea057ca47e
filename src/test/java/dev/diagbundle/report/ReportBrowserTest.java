package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The page in a real browser: that of the system, with the driver that comes with it. Without them
/// the tests are skipped, but on a build server (`CI=true`) that is a failure. Screenshots are left
/// in `target/report-screenshots`.
@NullUnmarked
final class ReportBrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern REQUEST =
      Pattern.compile("\"Network.requestWillBeSent\".*\"request\":\\{.*?\"url\":\"([^\"]*)\"");
  private static final Path SCREENSHOTS = Path.of("target/report-screenshots");

  @TempDir private static Path folder;
  private static ChromeDriver browser;
  private static Path sample;
  private static Path hostile;

  @BeforeAll
  static void start() throws IOException {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      var missing = "browser tests need " + CHROMIUM + " and " + DRIVER;
      assertFalse("true".equals(System.getenv("CI")), missing);
      abort(missing);
    }
    sample = SampleBundle.create().unpack(Files.createDirectories(folder.resolve("sample")));
    hostile = Files.writeString(folder.resolve("hostile.html"), HostileBundle.create().page());
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=en");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .build();
    browser = new ChromeDriver(service, options);
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  @ParameterizedTest
  @CsvSource({"1440,light", "1440,dark", "380,light", "380,dark"})
  void pageFitsItsWidth(int width, String scheme) throws IOException {
    show(sample, width, scheme);
    screenshot("sample-" + width + "-" + scheme);

    assertEquals(0L, overflow());
    script("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertEquals(0L, overflow());
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 720, 768, 861, 1000, 1181, 1280, 2200})
  void hostilePageFitsEveryWidth(int width) {
    show(hostile, width, "light");
    script("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertEquals(0L, overflow());
  }

  @Test
  void firstScreenHoldsVerdictAndFacts() {
    show(sample, 1440, "light");

    var bottom =
        (Number) script("return document.querySelector('.facts').getBoundingClientRect().bottom");
    assertTrue(bottom.doubleValue() <= 900, "facts end at " + bottom);
  }

  @Test
  void browserHasNothingToSayAndNothingToFetch() {
    for (var page : List.of(sample, hostile)) {
      drain();
      show(page, 1440, "light");

      assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
      var requests =
          browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
              .map(entry -> REQUEST.matcher(entry.getMessage()))
              .filter(Matcher::find)
              .map(request -> request.group(1))
              .filter(url -> !url.equals("about:blank") && !url.startsWith("data:"))
              .toList();
      assertEquals(List.of(page.toUri().toString()), requests);
    }
  }

  @Test
  void hostileDataBecomesNoElement() {
    show(hostile, 1440, "light");

    assertEquals(
        0L,
        script(
            "return document.querySelectorAll('img, main script, header script, title ~ title').length"));
    assertEquals(
        true,
        script(
            "return document.body.textContent.includes('<script>alert(document.domain)</script>')"));
    assertEquals(
        false, script("return /[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)"));
  }

  @Test
  void eventFilterKeepsRowsWithAllWords() throws InterruptedException {
    show(sample, 1440, "light");
    var all = rows("evtab");
    filter("evtab", "q", "shop failed");
    long hits = rows("evtab");
    assertTrue(hits > 0 && hits < all, hits + " of " + all);
    assertEquals(
        hits + " of " + all + " rows",
        script("return document.querySelector('form[data-for=evtab] output').textContent"));

    filter("evtab", "type", "Normal");
    assertTrue(rows("evtab") < hits);
    filter("evtab", "type", "");
    filter("evtab", "q", "");
    assertEquals(all, rows("evtab"));
  }

  @Test
  void fileFilterOpensFoldersWithHits() throws InterruptedException {
    show(sample, 1440, "light");
    filter("filetab", "q", "rig-1 kubelet.log");
    assertEquals(1L, rows("filetab"));

    filter("filetab", "q", "");
    assertEquals(0L, script("return document.querySelectorAll('.dir[open]').length"));
  }

  @Test
  void addressOfAFolderOpensIt() {
    browser.get("about:blank");
    browser.get(sample.toUri() + "#D2");

    assertEquals(true, script("return document.getElementById('D2').open"));
  }

  @Test
  void withoutScriptsEverythingIsShown() {
    browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      browser.get("about:blank");
      browser.get(sample.toUri().toString());
      var state =
          browser.executeCdpCommand(
              "Runtime.evaluate",
              Map.of(
                  "expression",
                  "[...document.querySelectorAll('form, button')].filter(e => e.offsetHeight).length"
                      + " + ' ' + [...document.querySelectorAll('#evtab tbody tr')]"
                      + ".every(e => e.offsetHeight > 0)"
                      + " + ' ' + [...document.querySelectorAll('.no-js')]"
                      + ".filter(e => e.offsetHeight).length"));
      assertEquals("0 true 1", ((Map<?, ?>) state.get("result")).get("value"));
    } finally {
      browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  private static void show(Path page, int width, String scheme) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.get("about:blank");
    browser.get(page.toUri().toString());
  }

  private static void screenshot(String name) throws IOException {
    var image =
        browser.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(image.get("data"))));
  }

  private static void drain() {
    browser.manage().logs().get(LogType.BROWSER);
    browser.manage().logs().get(LogType.PERFORMANCE);
  }

  private static Object script(String text) {
    return browser.executeScript(text);
  }

  private static long overflow() {
    return Math.max(
        0, (Long) script("return document.documentElement.scrollWidth - window.innerWidth"));
  }

  private static long rows(String table) {
    return (Long)
        script(
            "return [...document.querySelectorAll('#"
                + table
                + " tbody tr')].filter(r => r.offsetHeight).length");
  }

  private static void filter(String table, String field, String value) throws InterruptedException {
    browser.executeScript(
        "const f = document.querySelector('form[data-for=' + arguments[0] + ']');"
            + "f[arguments[1]].value = arguments[2];"
            + "f[arguments[1]].dispatchEvent(new Event('input', {bubbles: true}));",
        table,
        field,
        value);
    // The page waits 80 ms for the next key before it filters.
    Thread.sleep(250);
  }
}
