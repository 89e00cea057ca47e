package dev.diagbundle.collect;

import static dev.diagbundle.collect.source.NodeFilesFixture.include;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.collect.source.NodeFilesFixture;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Log folders that do not answer as they should.
@Tag("fault")
final class NodeFilesFaultTest {
  private static final String WALK = "(folder of nodeFiles)";
  private static final Outcome COLLECTED = new Outcome.Collected();

  private final NodeFilesFixture node;

  NodeFilesFaultTest(@TempDir Path folder) throws Exception {
    node = new NodeFilesFixture(folder);
  }

  @Test
  void fileThatMayNotBeReadIsFailed() throws Exception {
    node.log("secret.log", "x").with(answering("secret.log", 403, "403 Forbidden"));
    assertEquals(
        new Outcome.Failed(Reason.FORBIDDEN, "403 Forbidden"),
        node.collect(include("*.log")).outcome("secret.log"));
  }

  @Test
  void folderThatShowsItsIndexInsteadOfItsNamesIsNamed() throws Exception {
    node.log("web/index.html", "<!doctype html>\n<pre><a href=\"x.log\">x</a></pre>")
        .log("web/access.log", "lost").log("a.log", "a");
    var result = node.collect(include("**/*.log"));
    assertEquals(Map.of("a.log", "a"), result.entries());
    assertEquals(
        new Outcome.Partial(
            Reason.INVALID_ANSWER, "web/: returned its index.html instead of a directory listing"),
        result.outcome(WALK));
  }

  @Test
  void folderThatMayNotBeReadIsNamedAndTheOthersAreRead() throws Exception {
    node.log("closed/x.log", "x").log("open/y.log", "y");
    node.with(answering("closed/", 500, "Error reading directory"));
    var result = node.collect(include("**"));
    assertEquals(Map.of("open/y.log", "y"), result.entries());
    assertEquals(
        new Outcome.Partial(
            Reason.INVALID_ANSWER, "closed/ cannot be read: Error reading directory"),
        result.outcome(WALK));
  }

  @Test
  void moreFilesThanTheLimitAreCounted() throws Exception {
    for (int i = 0; i < 9; i++) {
      node.log("f" + i + ".log", "x");
    }
    var result = node.maxFiles(5).collect(include("*.log"));
    assertEquals(5, result.entries().size());
    assertEquals(
        new Outcome.Partial(Reason.LIMIT, "9 files match; the first 5 are collected"),
        result.outcome(WALK));
  }

  @Test
  void pipeThatNeverAnswersFailsAndNamesLikeItsAreLetBe() throws Exception {
    var asked = new AtomicInteger();
    node.log("a-hangs", "").log("b.fifo", "").log("c.sock", "").log("d.log", "d");
    node.with(
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (request.path().matches(".*/(a-hangs|b\\.fifo|c\\.sock)")) {
                asked.incrementAndGet();
                return Optional.of(_ -> Thread.sleep(30_000));
              }
              return Optional.empty();
            }));
    var result = node.collect(include("*"));
    assertEquals(Map.of("d.log", "d"), result.entries());
    assertEquals(1, asked.get());
    var failed = result.outcome("a-hangs");
    assertEquals(Optional.of(Reason.TIMED_OUT), failed.why());
    assertTrue(failed.words().contains("possibly a FIFO or a socket"), failed.words());
    assertEquals("skipped", result.outcome("b.fifo").label());
    assertEquals(Optional.of(Reason.UNSUPPORTED), result.outcome("c.sock").why());
  }

  @Test
  void nodeWhoseFilesHangOneAfterTheOtherIsNotAskedForAll() throws Exception {
    var asked = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      node.log("f" + i + ".log", "x");
    }
    node.with(
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (request.path().endsWith(".log")) {
                asked.incrementAndGet();
                return Optional.of(_ -> Thread.sleep(30_000));
              }
              return Optional.empty();
            }));
    var result = node.collect(include("*.log"));
    assertEquals(3, asked.get());
    var last = result.outcome("f7.log");
    assertEquals(Optional.of(Reason.TIMED_OUT), last.why());
    assertTrue(last.words().contains("3 files of this node failed"), last.words());
  }

  @Test
  void pathTooLongForTheBundleBecomesOneName() throws Exception {
    var name = "x".repeat(250);
    var names = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      names.append(name).append('/');
    }
    var path = names + "deep.log";
    node.with(
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              var below = request.path().replaceFirst(".*/logs/", "");
              if (below.endsWith("deep.log")) {
                return Optional.of(exchange -> {
                  exchange.header("Content-Range", "bytes 0-3/4");
                  exchange.send(206, "text/plain", "deep");
                });
              }
              var child =
                  below.chars().filter(c -> c == '/').count() < 11 ? name + "/" : "deep.log";
              return Optional.of(exchange ->
                  exchange.send(
                      200,
                      "text/html; charset=utf-8",
                      "<pre>\n<a href=\"" + child + "\">x</a>\n</pre>\n"));
            }));
    var result = node.collect(include("**/*.log"));
    assertEquals(COLLECTED, result.outcome(path));
    assertEquals(List.of("deep"), List.copyOf(result.entries().values()));
    assertFalse(result.entries().keySet().iterator().next().contains("/"));
  }

  private static ReplayOptions answering(String end, int status, String text) {
    return ReplayOptions.defaults()
        .withInterceptor(request ->
            request.path().endsWith(end)
                ? Optional.of(exchange -> exchange.sendError(status, text))
                : Optional.empty());
  }
}
