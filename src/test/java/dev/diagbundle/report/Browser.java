package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;

/// A browser without a window: that of the system, with the driver that comes with it. Who starts
/// it closes it.
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target/report-screenshots");
  private static final Pattern REQUEST =
      Pattern.compile("\"Network.requestWillBeSent\".*\"request\":\\{.*?\"url\":\"([^\"]*)\"");

  /// A net against what hangs; on a busy machine a browser is slow.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// Without a browser, the tests are skipped, but on a build server (`CI=true`) that is a failure.
  public static Browser start() {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      var missing = "browser tests need " + CHROMIUM + " and " + DRIVER;
      assertFalse("true".equals(System.getenv("CI")), missing);
      abort(missing);
    }
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
    options.setScriptTimeout(PATIENCE);
    options.setPageLoadTimeout(PATIENCE);
    var client = ClientConfig.defaultConfig().readTimeout(PATIENCE.plusMinutes(1));
    return new Browser(new ChromeDriver(service, options, client));
  }

  /// Waits until the script returns true.
  public void await(String script) throws InterruptedException {
    while (!script(script).equals(true)) {
      Thread.sleep(20);
    }
  }

  /// Waits until the page has done what it put off by a tenth of a second or less.
  public void awaitTimers() {
    asynchronous("setTimeout(arguments[0], 100)");
  }

  /// Opens the page anew.
  ///
  /// @param scheme `light` or `dark`
  public void show(Path page, int width, String scheme) {
    resize(width);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    open(page, "");
  }

  /// Opens the page at an address within it.
  public void open(Path page, String fragment) {
    driver.get("about:blank");
    driver.get(page.toUri() + fragment);
  }

  void resize(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /// Runs while pages cannot run scripts.
  public void withoutScripts(Runnable action) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      action.run();
    } finally {
      driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  /// The value of an expression, also where scripts are off.
  public Object evaluate(String expression) {
    var state = driver.executeCdpCommand("Runtime.evaluate", Map.of("expression", expression));
    var result = (Map<?, ?>) Objects.requireNonNull(state.get("result"), expression);
    return Objects.requireNonNull(result.get("value"), expression);
  }

  public Object script(String text, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(text, arguments), "");
  }

  /// Runs a script that hands its result to its last argument.
  Object asynchronous(String text, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeAsyncScript(text, arguments), "");
  }

  /// Opens everything that can be folded, or closes it.
  public void openAll(boolean open) {
    script("document.querySelectorAll('details').forEach(d => d.open = arguments[0])", open);
  }

  /// What stands outside of the page to the right and is not in something that scrolls, or `page`
  /// if the page as a whole is wider than its window.
  Object cutOff() {
    return script(
        "return [...document.querySelectorAll('main *, header *')].filter(e => {"
            + " if (e.closest('.tw, .vh, svg, thead, pre, .xr summary, .evt summary')"
            + "   || !e.offsetParent) return false;"
            + " const r = e.getBoundingClientRect();"
            + " return r.width && r.right > innerWidth + 1;"
            + "}).slice(0, 3).map(e => e.className + ': ' + e.textContent.slice(0, 30))"
            + ".concat(document.documentElement.scrollWidth > innerWidth ? ['page'] : [])");
  }

  /// What axe finds: WCAG 2.0 to 2.2, levels A and AA, and its best practice.
  public Object axe() throws IOException {
    try (var axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      script(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    return asynchronous(
        "const done = arguments[0];"
            + "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
            + " 'wcag22aa', 'best-practice']}).then(r => done(r.violations.map("
            + "v => v.id + ' ' + v.nodes.length + ' ' + v.nodes[0].target.join(' '))))");
  }

  void press(CharSequence key) {
    new Actions(driver).sendKeys(key).perform();
  }

  public void pressTab() {
    press(Keys.TAB);
  }

  public void pressEnter() {
    press(Keys.ENTER);
  }

  /// The page as PDF.
  public byte[] print() {
    var printed = driver.executeCdpCommand("Page.printToPDF", Map.of());
    return Base64.getDecoder().decode(String.valueOf(printed.get("data")));
  }

  /// Leaves a picture of the page in `target/report-screenshots`.
  void screenshot(String name) throws IOException {
    var image =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    Files.write(
        SCREENSHOTS.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(image.get("data"))));
  }

  /// What the browser had to say since this was asked last.
  List<String> messages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /// What it asked for since this was asked last.
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> REQUEST.matcher(entry.getMessage()))
        .filter(Matcher::find)
        .map(request -> request.group(1))
        .filter(url -> !url.equals("about:blank") && !url.startsWith("data:"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
