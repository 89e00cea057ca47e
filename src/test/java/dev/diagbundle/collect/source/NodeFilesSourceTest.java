package dev.diagbundle.collect.source;

import static dev.diagbundle.collect.source.NodeFilesFixture.include;
import static dev.diagbundle.collect.source.NodeFilesFixture.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeFilesSourceTest {
  private static final String WALK = "(folder of nodeFiles)";
  private static final Outcome COLLECTED = new Outcome.Collected();

  private final NodeFilesFixture node;

  NodeFilesSourceTest(@TempDir Path folder) throws Exception {
    node = new NodeFilesFixture(folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesThatMatchAreCollectedWhateverTheFormOfTheListing(boolean plain) throws Exception {
    node.node("{\"plainListing\":" + plain + "}")
        .log("a.log", "a")
        .log("b.txt", "b")
        .log("sub/deep/c.log", "c")
        .log("other/d.log", "d");
    var result =
        node.collect(
            spec(
                List.of("**/*.log"),
                List.of("other/**"),
                OptionalLong.empty(),
                OptionalLong.empty()));
    assertEquals(Map.of("a.log", "a", "sub/deep/c.log", "c"), result.entries());
    assertEquals(
        Map.of(WALK, COLLECTED, "a.log", COLLECTED, "sub/deep/c.log", COLLECTED),
        result.outcomes());
  }

  @Test
  void excludedFolderIsNotListed() throws Exception {
    var asked = new AtomicInteger();
    node.log("a/b/c.log", "c").log("x/y/z.log", "z").with(counting("/logs/x/", asked));
    var spec = spec(List.of("**"), List.of("**/x/**"), OptionalLong.empty(), OptionalLong.empty());
    assertEquals(Set.of("a/b/c.log"), node.collect(spec).entries().keySet());
    assertEquals(0, asked.get());
  }

  @Test
  void onlyFilesChangedInTheWindowAreCollectedThoughTheClockOfTheNodeIsWrong() throws Exception {
    // The node's clock is a day ahead; the window is the last hour.
    node.node(
            """
            {"skewSeconds": 86400, "modified": {
              "new.log": "2026-01-02T09:30:00Z", "old.log": "2026-01-02T08:30:00Z"}}
            """)
        .log("new.log", "new")
        .log("old.log", "old");
    var result = node.collect(include("*.log"));
    assertEquals(Map.of("new.log", "new"), result.entries());
    assertEquals(
        new Outcome.Skipped(
            Reason.EMPTY, "not modified in the time window: last modified 2026-01-01T08:30:00Z"),
        result.outcome("old.log"));
  }

  @Test
  void tailIsWantedAndALimitIsSaid() throws Exception {
    node.log("a.log", "0123456789");
    var tail = spec(List.of("*.log"), List.of(), OptionalLong.of(4), OptionalLong.empty());
    var tailed = node.collect(tail);
    assertEquals(Map.of("a.log", "6789"), tailed.entries());
    assertEquals(COLLECTED, tailed.outcome("a.log"));
    var limit = spec(List.of("*.log"), List.of(), OptionalLong.empty(), OptionalLong.of(3));
    var limited = node.collect(limit);
    assertEquals(Map.of("a.log", "789"), limited.entries());
    assertEquals(Optional.of(Reason.LIMIT), limited.outcome("a.log").why());
  }

  @Test
  void emptyAndMissingFilesAreNamed() throws Exception {
    node.log("empty.log", "").log("gone.log", "x");
    node.with(answering("gone.log", 404, "404 page not found"));
    var result = node.collect(include("*.log"));
    assertEquals(
        new Outcome.Skipped(Reason.EMPTY, "the file is empty"), result.outcome("empty.log"));
    assertEquals(Optional.of(Reason.NOT_FOUND), result.outcome("gone.log").why());
  }

  @Test
  void folderBehindALinkIsWalked() throws Exception {
    node.node("{\"folderLinks\": {\"current\": \"v2/logs\", \"dotted.d\": \"v2/logs\"}}")
        .log("v2/logs/a.log", "a")
        .log("v2/logs/sub/b.log", "b");
    var result = node.collect(include("current/**"));
    assertEquals(Map.of("current/a.log", "a", "current/sub/b.log", "b"), result.entries());
    assertEquals(
        Set.of("current/a.log", "current/sub/b.log"),
        node.collect(include("curr*/**")).entries().keySet());
    // A name with a dot is tried only where it is wanted itself.
    assertEquals(
        Set.of("dotted.d/a.log", "dotted.d/sub/b.log"),
        node.collect(include("dotted.d", "dotted.d/**")).entries().keySet());
  }

  @Test
  void linksInCirclesComeToAnEnd() throws Exception {
    var requests = new AtomicInteger();
    node.node(
            """
            {"folderLinks": {
              "self": "", "a/up": "", "a/b": "b", "a/c": "c", "b/a": "a", "b/c": "c",
              "c/a": "a", "c/b": "b", "b/self": "b"}}
            """)
        .log("a/1.log", "1")
        .log("b/2.log", "2")
        .log("c/3.log", "3")
        .with(counting("/logs/", requests));
    var result = node.collect(include("**"));
    assertTrue(
        result.entries().keySet().containsAll(Set.of("a/1.log", "b/2.log", "c/3.log")),
        result.entries().keySet().toString());
    assertTrue(requests.get() < 100, requests + " requests");
    assertTrue(
        result.outcomes().values().stream().allMatch(outcome -> !outcome.leavesGap()),
        result.outcomes().toString());
  }

  @Test
  void journalIsTakenOnlyWhereItIsNamed() throws Exception {
    node.log("journal/0a1b/system.journal", "LPKSHHRH")
        .log("journal/0a1b/user-1000.journal~", "LPKSHHRH").log("stray.journal", "LPKSHHRH").log(
        "a.log", "a");
    var wild = node.collect(include("**"));
    assertEquals(Map.of("a.log", "a"), wild.entries());
    assertEquals(Set.of(WALK, "a.log", "journal/", "stray.journal"), wild.outcomes().keySet());
    assertEquals(Optional.of(Reason.UNSUPPORTED), wild.outcome("journal/").why());
    var named = node.collect(include("journal/*/system.journal", "**/*.journal~"));
    assertEquals(Map.of("journal/0a1b/system.journal", "LPKSHHRH"), named.entries());
    var outcome = named.outcome("journal/0a1b/system.journal");
    assertEquals("partial", outcome.label());
    assertTrue(outcome.words().contains("cannot be redacted"), outcome.words());
    assertEquals("skipped", named.outcome("journal/0a1b/user-1000.journal~").label());
  }

  @Test
  void excludedJournalIsNotWorthAWord() throws Exception {
    node.log("journal/0a1b/system.journal", "LPKSHHRH").log("a.log", "a");
    var spec =
        spec(List.of("**"), List.of("journal/**"), OptionalLong.empty(), OptionalLong.empty());
    assertEquals(Set.of(WALK, "a.log"), node.collect(spec).outcomes().keySet());
  }

  private static ReplayOptions counting(String part, AtomicInteger count) {
    return ReplayOptions.defaults()
        .withInterceptor(request -> {
          if (request.path().contains(part)) {
            count.incrementAndGet();
          }
          return Optional.empty();
        });
  }

  private static ReplayOptions answering(String end, int status, String text) {
    return ReplayOptions.defaults()
        .withInterceptor(request ->
            request.path().endsWith(end)
                ? Optional.of(exchange -> exchange.sendError(status, text))
                : Optional.empty());
  }
}
