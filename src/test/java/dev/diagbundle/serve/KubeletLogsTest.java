package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeletLogsTest {
  private static final String LOGS = "/api/v1/nodes/n/proxy/logs/";
  private static final String FIRST = "Jan 01 00:00:01.000001 n crond[1]: one\n";
  private static final String SECOND = "Jan 01 00:00:02.000000 n crond[1]: Two fails\n      at x\n";
  private static final String THIRD = "Jan 01 05:00:03.500000 n crond[1]: three\n";
  private static final String MARK = "-- Boot 0123456789abcdef --\n";

  @TempDir Path folder;

  @Test
  void sinceTimeIsReadInTheZoneOfTheNode() throws Exception {
    try (var node = linux("upstream", "America/New_York")) {
      // Midnight in New York is five in the morning in UTC.
      assertEquals(THIRD, node.text(LOGS + "?query=crond&sinceTime=2026-01-01T00:00:00Z"));
      assertEquals(THIRD, node.text(LOGS + "?query=crond&sinceTime=2026-01-01T00:00:03%2B05:00"));
      assertEquals(
          "-- No entries --\n", node.text(LOGS + "?query=crond&sinceTime=2026-01-01T00:00:04.9Z"));
    }
  }

  @Test
  void tailMeansTheCurrentBoot() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals(FIRST + SECOND + MARK + THIRD, node.text(LOGS + "?query=crond"));
      assertEquals(THIRD, node.text(LOGS + "?query=crond&tailLines=9"));
      assertEquals(SECOND, node.text(LOGS + "?query=crond&tailLines=1&boot=-1"));
      assertEquals("-- No entries --\n", node.text(LOGS + "?query=crond&tailLines=0"));
    }
  }

  @Test
  void tailWithSinceGivesTheFirstLines() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals(
          FIRST,
          node.text(LOGS + "?query=crond&tailLines=1&boot=-1&sinceTime=2026-01-01T00:00:00Z"));
    }
  }

  @Test
  void tailWithPatternGivesTheNewestFirst() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals(SECOND + FIRST, node.text(LOGS + "?query=crond&tailLines=5&boot=-1&pattern=o"));
    }
  }

  @Test
  void lowerCasePatternsIgnoreTheCase() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals(SECOND, node.text(LOGS + "?query=crond&pattern=two"));
      assertEquals("-- No entries --\n", node.text(LOGS + "?query=crond&pattern=TWO"));
    }
  }

  @Test
  void openshiftTakesRelativeTimes() throws Exception {
    try (var node = linux("openshift", "America/New_York")) {
      assertEquals(FIRST + SECOND, node.text(LOGS + "?query=crond&since=-1d&until=-35998s"));
      assertEquals(
          "unit: Invalid value: [\"\"]: unit cannot be empty\n", node.text(LOGS + "?query="));
      assertEquals(FIRST + SECOND + MARK + THIRD, node.text(LOGS + "journal"));
    }
  }

  @Test
  void upstreamProbeAndUntilAreAnsweredAsUpstreamDoes() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      var probe = node.get(LOGS + "?query=");
      assertEquals(400, probe.statusCode());
      assertEquals(
          "query: Invalid value: [\"\"]: query cannot be empty\n", node.text(LOGS + "?query="));
      assertEquals(
          "query: Required value: cannot be empty with options\n",
          node.text(LOGS + "?tailLines=3"));
      assertEquals(
          "untilTime: Invalid value: \"2026-01-01T00:00:00Z\": must be after `sinceTime`\n",
          node.text(
              LOGS + "?query=crond&sinceTime=2026-01-02T00:00:00Z&untilTime=2026-01-01T00:00:00Z"));
      assertEquals(
          503, node.get(LOGS + "?query=crond&untilTime=2026-01-01T00:00:00Z").statusCode());
    }
  }

  @Test
  void severalProblemsAreListed() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      var answer = node.get(LOGS + "?query=a$b&boot=1&tailLines=-1");
      assertEquals(406, answer.statusCode());
      assertEquals(
          "[query: Invalid value: \"a$b\": input contains unsupported characters, boot: Invalid value: 1: must be less than 1, tailLines: Invalid value: -1: must be between 0 and 100000, inclusive]\n",
          node.text(LOGS + "?query=a$b&boot=1&tailLines=-1"));
    }
  }

  @Test
  void partOfANativeNameLooksNativeAndIsEmpty() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals("-- No entries --\n", node.text(LOGS + "?query=ond"));
      assertEquals("\nlog not found for crond.service\n", node.text(LOGS + "?query=crond.service"));
    }
  }

  @Test
  void fileServiceIsFoundByItsName() throws Exception {
    try (var node = linux("upstream", "UTC")) {
      assertEquals("from a file\n", node.text(LOGS + "?query=app"));
      var answer = node.get(LOGS + "?query=app&tailLines=1");
      assertEquals(
          "text/plain;charset=UTF-8", answer.headers().firstValue("Content-Type").orElse(""));
      assertEquals(
          "\noptions present and query resolved to log files for [app]\ntry without specifying options\n",
          node.text(LOGS + "?query=app&tailLines=1"));
    }
  }

  @Test
  void listingsAreEscapedInBothForms() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      var listing = demo.text("/api/v1/nodes/rig-1/proxy/logs/");
      assertTrue(
          listing.contains(
              "<a href=\"odd%20name%20%3Cb%3E&amp;1.log\">odd name &lt;b&gt;&amp;1.log</a>\n"));
      assertTrue(listing.contains("<a href=\"./a:b.log\">a:b.log</a>\n"));
      assertTrue(
          demo.text("/api/v1/nodes/rig-1/proxy/logs/odd%20name%20%3Cb%3E&1.log")
              .startsWith("Nov 21 03:00:00 rig-1 odd"));
    }
    assertEquals("<pre>\n<a href=\"a/\">a/</a>\n</pre>\n", DirectoryPage.html(List.of("a/"), true));
  }

  @Test
  void rangesOfFilesAreServed() throws Exception {
    try (var node = linux("off", "UTC")) {
      var part = node.get(LOGS + "app/app.log", "Range", "bytes=5-5");
      assertEquals(206, part.statusCode());
      assertEquals("bytes 5-5/12", part.headers().firstValue("Content-Range").orElse(""));
      assertEquals(1, part.body().length);
      var beyond = node.get(LOGS + "app/app.log", "Range", "bytes=12-");
      assertEquals(416, beyond.statusCode());
      assertEquals("bytes */12", beyond.headers().firstValue("Content-Range").orElse(""));
      var whole = node.get(LOGS + "app/app.log", "Range", "bytes=-100");
      assertEquals(206, whole.statusCode());
      assertEquals(12, whole.body().length);
      var redirect = node.get(LOGS + "app");
      assertEquals(301, redirect.statusCode());
      assertEquals("app/", redirect.headers().firstValue("Location").orElse(""));
    }
  }

  @Test
  void windowsAnswersFromProvidersOrFiles() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      var logs = "/api/v1/nodes/win-1/proxy/logs/";
      var events = demo.text(logs + "?query=nssm&tailLines=1");
      assertEquals(
          """


             ProviderName: nssm

          TimeCreated            Id LevelDisplayName Message
          -----------            -- ---------------- -------
          11/21/2026 3:02:44 AM 1040 Warning          Service kube-proxy ran for less than 1500 milliseconds.
                                                      Restart will be delayed by 4000 milliseconds.


          """
              .replace("TimeCreated            Id", "TimeCreated             Id")
              .replace("-----------            --", "-----------             --")
              .replace("\n", "\r\n"),
          events);
      assertTrue(
          demo.text(logs + "?query=nssm&sinceTime=2026-11-21T03:10:00Z")
              .contains("FullyQualifiedErrorId : NoMatchingEventsFound"));
      assertTrue(
          demo.text(logs + "?query=nssm&untilTime=2026-11-21T01:12:59Z").contains("1:12:50 AM"));
      assertEquals(
          "\noptions present and query resolved to log files for [kubelet]\ntry without specifying options\n",
          demo.text(logs + "?query=kubelet&tailLines=5"));
      assertTrue(demo.text(logs + "?query=kubelet").contains("Network Calico not found"));
      assertEquals(
          "boot: Invalid value: 0: not supported on Windows\n",
          demo.text(logs + "?query=nssm&boot=0"));
    }
  }

  @Test
  void windowsCountsWholeSecondsAndLeavesOutWhatLiesInTheLast() throws Exception {
    try (var node = windows("{\"os\":\"windows\",\"query\":\"upstream\",\"zone\":\"-08:00\"}")) {
      var span = "&sinceTime=2025-12-31T16:00:01Z&untilTime=2025-12-31T16:00:02Z";
      var text = node.text(LOGS + "?query=nssm" + span);
      assertTrue(text.contains("12/31/2025 4:00:01 PM") && text.contains("zwölf"), text);
      assertTrue(!text.contains("dreizehn"), text);
    }
  }

  @Test
  void windowsAnswersNothingWhenPowerShellTakesTooLong() throws Exception {
    var slow = "\"powerShell\":{\"eventMicros\":60000,\"limitMillis\":100}";
    try (var node = windows("{\"os\":\"windows\",\"query\":\"upstream\"," + slow + "}")) {
      var answer = node.get(LOGS + "?query=nssm");
      assertEquals(200, answer.statusCode());
      assertEquals(0, answer.body().length);
      assertTrue(node.text(LOGS + "?query=nssm&tailLines=1").contains("dreizehn"));
    }
  }

  @Test
  void windowsAnswersInItsCodePageAndCulture() throws Exception {
    var german = "\"codePage\":\"IBM850\",\"powerShell\":{\"time\":\"dd.MM.yyyy HH:mm:ss\"}";
    try (var node = windows("{\"os\":\"windows\",\"query\":\"upstream\"," + german + "}")) {
      var text =
          new String(
              node.get(LOGS + "?query=nssm&tailLines=2").body(),
              java.nio.charset.Charset.forName("IBM850"));
      assertTrue(text.contains("01.01.2026 00:00:02  1 Information      zwölf\r\n"), text);
    }
  }

  private DemoClusterFixture windows(String nodeJson) throws IOException {
    linux("off", "UTC").close();
    file("nodes/n/node.json", nodeJson);
    var event =
        "{\"time\":\"2026-01-01T00:00:%sZ\",\"provider\":\"nssm\",\"id\":1,"
            + "\"level\":\"Information\",\"message\":\"%s\"}\n";
    file(
        "nodes/n/application-log/nssm.jsonl",
        event.formatted("01", "elf")
            + event.formatted("02", "zwölf")
            + event.formatted("02.1", "dreizehn"));
    return DemoClusterFixture.start(folder);
  }

  private DemoClusterFixture linux(String query, String zone) throws IOException {
    file("cluster.json", "{\"time\":\"2026-01-01T10:00:00Z\"}");
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    file("objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}");
    file("nodes/n/node.json", "{\"query\":\"%s\",\"zone\":\"%s\"}".formatted(query, zone));
    file("nodes/n/journal/crond.log", FIRST + SECOND + MARK + THIRD);
    file("nodes/n/files/app/app.log", "from a file\n");
    return DemoClusterFixture.start(folder);
  }

  private void file(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
