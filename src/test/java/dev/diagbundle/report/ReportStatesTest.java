package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page of clusters in other states than that of the sample, in a real browser: what is absent
/// leaves no hole, no broken link and no empty table.
@Tag("browser")
@NullUnmarked
final class ReportStatesTest {
  private static final String LINE = "I1121 04:00:00.000000 1 a.go:1] up\n";
  private static final String QUIET =
      """
      {"format":"diagbundle.dev/findings/v1","rootFindings":[],
       "results":[{"id":"a","cluster":"","result":"clear","missing":[]}]}
      """;

  @TempDir private static Path folder;
  private static Browser browser;

  /// What a cluster can look like.
  enum State {
    COMPLETE_AND_CLEAN("No active problem found in the collected data"),
    ALL_NODES_UNREACHABLE("connection refused"),
    NODE_LIST_FORBIDDEN("Unknown: no check could run."),
    LARGE("Showing 200 of 1000 nodes individually."),
    TWO_CLUSTERS("shared"),
    EMPTY("No nodes: the list");

    /// What a reader has to be told.
    private final String sentence;

    State(String sentence) {
      this.sentence = sentence;
    }

    String page() throws IOException {
      return switch (this) {
        case COMPLETE_AND_CLEAN -> clean().page();
        case ALL_NODES_UNREACHABLE -> unreachable().page();
        case NODE_LIST_FORBIDDEN -> forbidden().page();
        case LARGE -> LargePageTest.create().page();
        case TWO_CLUSTERS -> TwoClusters.create("east", "west").page();
        case EMPTY -> new MemoryBundle().page();
      };
    }
  }

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pageOfEachStateHolds(State state) throws IOException {
    var name = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var page = Files.writeString(folder.resolve(name + ".html"), state.page());

    browser.messages();
    browser.requests();
    browser.show(page, 1440, "light");
    assertEquals(List.of(), browser.messages());
    assertEquals(List.of(page.toUri().toString()), browser.requests());
    assertTrue(
        browser.script("return document.body.textContent").toString().contains(state.sentence),
        state.sentence);
    var facts =
        (Number)
            browser.script(
                "return document.querySelector('.facts').getBoundingClientRect().bottom");
    assertTrue(facts.doubleValue() <= 900, "facts end at " + facts);
    browser.screenshot("state-" + name);

    for (var scheme : List.of("light", "dark")) {
      for (int width : List.of(1440, 380)) {
        browser.show(page, width, scheme);
        var where = name + " " + width + " " + scheme;
        assertEquals(List.of(), browser.cutOff(), where);
        browser.openAll(true);
        assertEquals(List.of(), browser.cutOff(), where + " open");
        // Of rows in hundreds axe would need minutes, and they are made of what the sample has.
        if (state != State.LARGE) {
          assertEquals(List.of(), browser.axe(), where);
        }
      }
    }
  }

  /// Everything that was asked for came, and nothing is wrong.
  private static MemoryBundle clean() {
    var bundle = new MemoryBundle();
    for (var node : List.of("rig-1", "rig-2")) {
      var log = "nodes/" + node + "/services/kubelet.log";
      bundle.item("nodeLogs", node, "kubelet", log, LINE.getBytes(StandardCharsets.UTF_8));
    }
    return bundle
        .file("cluster-resources/nodes.json", nodes("True", "rig-1", "rig-2"))
        .file("findings.json", QUIET);
  }

  private static MemoryBundle unreachable() {
    var bundle = new MemoryBundle();
    var words = "503 dial tcp 10.200.0.13:10250: connect: connection refused";
    for (var node : List.of("rig-1", "rig-2", "rig-3")) {
      for (var service : List.of("kubelet", "containerd")) {
        bundle.item("nodeLogs", node, service, new Outcome.Failed(Reason.UNREACHABLE, words), 5);
      }
    }
    return bundle.file("cluster-resources/nodes.json", nodes("Unknown", "rig-1", "rig-2", "rig-3"));
  }

  private static MemoryBundle forbidden() {
    var words = "nodes is forbidden: User \"ci\" cannot list resource \"nodes\" in API group \"\"";
    return new MemoryBundle()
        .item("clusterDump", "", "nodes", new Outcome.Failed(Reason.FORBIDDEN, words), 3)
        .item("nodeLogs", "", "kubelet", new Outcome.Skipped(Reason.FORBIDDEN, words), 0)
        .file("findings.json", "{\"format\":\"diagbundle.dev/findings/v1\"}");
  }

  private static String nodes(String ready, String... names) {
    var items = new ArrayList<String>();
    for (var name : names) {
      items.add(
          """
          {"metadata":{"name":"%s"},"status":{"conditions":[{"type":"Ready","status":"%s"}],
           "nodeInfo":{"operatingSystem":"linux","kubeletVersion":"v1.36.2"}}}
          """
              .formatted(name, ready));
    }
    return "{\"items\":[" + String.join(",", items) + "]}";
  }
}
